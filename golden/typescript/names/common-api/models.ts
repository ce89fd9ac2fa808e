export interface ModelConfig {
  model_config?: string;
  copy?: string;
  date?: string;
  list?: string[];
  field?: string;
}

export interface Wrong {
  why?: string;
}

export interface Taken {
  by?: string;
}
