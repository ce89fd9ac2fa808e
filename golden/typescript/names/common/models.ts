export interface ModelConfigModel {
  x?: number;
}

export interface FooBar {
  value?: FooBarModel;
}

export interface FooBarModel {
  value?: number;
}
