export const PromiseModel = {
  Then: "then",
  Value: "then ",
  Value1: "1",
  Minus1: "-1",
  Empty: "",
  Class: "class",
  Constructor: "constructor",
  日本語: "日本語",
} as const;
export type PromiseModel = (typeof PromiseModel)[keyof typeof PromiseModel];
