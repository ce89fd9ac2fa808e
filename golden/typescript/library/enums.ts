export const Genre = {
  /** Made up */
  Fiction: "fiction",
  /** Not made up */
  NonFiction: "non-fiction",
  /** Made up, with rockets */
  SciFi: "sci_fi",
} as const;
export type Genre = (typeof Genre)[keyof typeof Genre];
