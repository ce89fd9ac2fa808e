export interface ModelConfig {
  model_config?: string;
  copy?: string;
  date?: string;
  list?: string[];
  field?: string;
}
