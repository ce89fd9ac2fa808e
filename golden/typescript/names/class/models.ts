export interface None {
  from: string;
  __proto__: string;
  constructor?: string;
  "@id"?: string;
  "1st"?: number;
  "a-b"?: string;
  a_b?: string;
}
