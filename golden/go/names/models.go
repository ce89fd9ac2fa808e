package names

type None struct {
	From        string  `json:"from"`
	Proto       string  `json:"__proto__"`
	Constructor *string `json:"constructor,omitzero"`
	ID          *string `json:"@id,omitzero"`
	X1st        *int64  `json:"1st,omitzero"`
	AB2         *string `json:"a-b,omitzero"`
	AB          *string `json:"a_b,omitzero"`
}

type Error struct {
	Name    *string  `json:"name,omitzero"`
	Promise *Promise `json:"Promise,omitzero"`
}

type ModelConfig struct {
	ModelConfig *string  `json:"model_config,omitzero"`
	Copy        *string  `json:"copy,omitzero"`
	Date        *Date    `json:"date,omitzero"`
	List        []string `json:"list,omitzero"`
	Field       *string  `json:"field,omitzero"`
}

type Wrong struct {
	Why *string `json:"why,omitzero"`
}

type Taken struct {
	By *string `json:"by,omitzero"`
}

type ModelConfigModel struct {
	X *int64 `json:"x,omitzero"`
}

type FooBar struct {
	Value *FooBarModel `json:"value,omitzero"`
}

type FooBarModel struct {
	Value *int64 `json:"value,omitzero"`
}
