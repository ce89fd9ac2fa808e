// What a Go program does with the generated shop client; printed as JSON by step.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"example.com/shop"
)

var (
	address      = os.Getenv("SHOP_URL")
	order        = os.Getenv("SHOP_ORDER")
	shippedOrder = os.Getenv("SHOP_SHIPPED_ORDER")
	upload       = os.Getenv("SHOP_UPLOAD")
	results      = map[string]any{}
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		os.Exit(1)
	}
}

func step(name string) {
	answer, err := http.Post(address+"/__step__/"+url.PathEscape(name), "", nil)
	if err != nil {
		panic(err)
	}
	answer.Body.Close()
}

// keep notes what a step returned.
func keep[T any](name string, call func() (T, error)) (T, error) {
	step(name)
	value, err := call()
	results[name] = value
	return value, err
}

// collect is what a range over pages or a stream sees.
func collect[T, R any](name string, values iter.Seq2[T, error], change func(T) R) error {
	found := []R{}
	for value, err := range values {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		found = append(found, change(value))
	}
	results[name] = found
	return nil
}

func same[T any](value T) T { return value }

func bytesOf(stream io.ReadCloser, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer stream.Close()
	data, err := io.ReadAll(stream)
	return base64.StdEncoding.EncodeToString(data), err
}

func lamp(name, price string) shop.PhysicalProductRequest {
	return shop.PhysicalProductRequest{SKU: "LAMP-8", Name: name, Price: price, Category: 3, Weight: 900}
}

func product(kind shop.PhysicalProductRequest) shop.ProductRequest {
	return shop.ProductRequest{Value: &kind}
}

func run(ctx context.Context) error {
	german := shop.WithHeader("Accept-Language", "de")
	pair, err := keep("sign in", func() (*shop.TokenObtainPair, error) {
		return shop.New(address, german).Auth.Token(ctx, shop.TokenObtainPairRequest{Email: "ada@example.com", Password: "secret"})
	})
	if err != nil {
		return err
	}
	token := pair.Access
	client := shop.New(address, german, shop.WithToken(token), shop.WithRefresh(func(ctx context.Context) (string, error) {
		renewed, err := shop.New(address).Auth.TokenRefresh(ctx, shop.TokenRefreshRequest{Refresh: pair.Refresh})
		if err != nil {
			return "", err
		}
		token = renewed.Access
		return token, nil
	}))
	for _, part := range []func(context.Context, *shop.Client) error{lists, writes, files, actions, streams} {
		if err := part(ctx, client); err != nil {
			return err
		}
	}
	results["token"] = token
	return nil
}

func lists(ctx context.Context, client *shop.Client) error {
	_, err := keep("list", func() (*shop.PaginatedProductSummaryList, error) {
		return client.Products.List(ctx, &shop.ProductsListParams{
			Page:       shop.Ptr[int64](2),
			PageSize:   shop.Ptr[int64](3),
			Status:     []shop.ProductStatus{shop.ProductStatusOnSale, shop.ProductStatusSoldOut},
			Tag:        []string{"a b", "c&d"},
			InStock:    shop.Ptr(true),
			Search:     shop.Ptr("ä/?"),
			Attributes: map[string]string{"color": "red"},
		})
	})
	if err != nil {
		return err
	}
	step("pages by number")
	err = collect("pages by number", client.Products.All(ctx, nil), func(p shop.ProductSummary) int64 { return p.ID })
	if err != nil {
		return err
	}
	step("pages by offset")
	err = collect("pages by offset", client.Catalog.BrandsListAll(ctx, nil), func(b shop.Brand) int64 { return b.ID })
	if err != nil {
		return err
	}
	step("pages by cursor")
	return collect("pages by cursor", client.Orders.All(ctx, nil), func(o shop.OrderSummary) string { return o.ID })
}

func writes(ctx context.Context, client *shop.Client) error {
	priceless := lamp("Lämpchen", "19.90")
	priceless.OldPrice = shop.NullOf[string]()
	for _, name := range []string{"create", "create from a dict"} {
		_, err := keep(name, func() (shop.Product, error) { return client.Products.Create(ctx, product(priceless)) })
		if err != nil {
			return err
		}
	}
	step("create what is taken")
	_, err := client.Products.Create(ctx, product(lamp("taken", "19.90")))
	var invalid *shop.ErrorOf[shop.ValidationError]
	var failed *shop.APIError
	if !errors.As(err, &invalid) || !errors.As(err, &failed) || !errors.Is(err, shop.ErrBadRequest) {
		return fmt.Errorf("create what is taken: %w", err)
	}
	results["create what is taken"] = map[string]any{"status": failed.StatusCode, "body": invalid.Value}

	_, err = keep("change", func() (shop.Product, error) {
		return client.Products.PartialUpdate(ctx, 3, &shop.PatchedProductRequest{Value: &shop.PatchedPhysicalProductRequest{
			Price:         shop.Ptr("9.99"),
			AvailableFrom: shop.NullOf[time.Time](),
		}})
	})
	if err != nil {
		return err
	}
	step("remove")
	if err := client.Products.Destroy(ctx, 3); err != nil {
		return err
	}
	results["remove"] = nil
	step("miss")
	_, err = client.Products.Retrieve(ctx, 404)
	if err := detail("miss", err); err != nil {
		return err
	}
	known, err := keep("meet what is new", func() (shop.Product, error) { return client.Products.Retrieve(ctx, 5) })
	if err != nil {
		return err
	}
	if physical, ok := known.Value.(*shop.PhysicalProduct); !ok || physical.Status.Valid() {
		return fmt.Errorf("meet what is new: %#v", known.Value)
	}
	return nil
}

// detail notes an error that the API describes.
func detail(name string, err error) error {
	var described *shop.ErrorOf[shop.ErrorDetail]
	if !errors.As(err, &described) {
		return fmt.Errorf("%s: %w", name, err)
	}
	results[name] = map[string]any{"status": described.StatusCode, "code": described.Value.Code}
	return nil
}

func files(ctx context.Context, client *shop.Client) error {
	_, err := keep("upload", func() (*shop.Photo, error) {
		file := shop.FileUpload{Name: "a.png", ContentType: "image/png", Content: strings.NewReader("\x89PNG\r\n\xff")}
		return client.Products.Photo(ctx, 3, shop.PhotoRequest{Photo: file, Alt: shop.Ptr("Ä “b”")})
	})
	if err != nil {
		return err
	}
	_, err = keep("upload several", func() ([]shop.Photo, error) {
		return client.Products.PhotosCreate(ctx, 3, shop.PhotoBatchRequest{
			Photos: []shop.FileUpload{
				{Name: "1.png", ContentType: "image/png", Content: strings.NewReader("1")},
				{Name: "2.jpg", ContentType: "image/jpeg", Content: strings.NewReader("2")},
			},
			Alts:    []string{"x", "y"},
			Replace: shop.Ptr(true),
		})
	})
	if err != nil {
		return err
	}
	_, err = keep("upload bytes", func() (*shop.Upload, error) {
		reader, writer := io.Pipe()
		go func() {
			for _, part := range []string{"\x00", "\x01\xfe"} {
				if _, err := io.WriteString(writer, part); err != nil {
					return
				}
			}
			writer.Close()
		}()
		return client.Uploads.ContentUpdate(ctx, upload, reader)
	})
	if err != nil {
		return err
	}
	_, err = keep("download bytes", func() (string, error) { return bytesOf(client.Uploads.ContentRetrieve(ctx, upload, nil)) })
	if err != nil {
		return err
	}
	_, err = keep("download a document", func() (string, error) { return bytesOf(client.Orders.Invoice(ctx, order)) })
	if err != nil {
		return err
	}
	_, err = keep("download a table", func() (string, error) { return client.Accounts.Export(ctx, nil) })
	return err
}

func actions(ctx context.Context, client *shop.Client) error {
	_, err := keep("call an action", func() ([]shop.ProductSummary, error) { return client.Products.Featured(ctx, nil) })
	if err != nil {
		return err
	}
	_, err = keep("call an action with a body", func() (*shop.Order, error) {
		return client.Orders.Cancel(ctx, order, shop.CancelRequest{Reason: shop.CancelReasonTooLate, Comment: shop.Ptr("Sorry")})
	})
	if err != nil {
		return err
	}
	step("call an action too late")
	_, err = client.Orders.Cancel(ctx, shippedOrder, shop.CancelRequest{Reason: shop.CancelReasonOther})
	if err := detail("call an action too late", err); err != nil {
		return err
	}
	step("retry")
	found, err := client.Products.Featured(ctx, nil)
	if err != nil {
		return err
	}
	results["retry"] = []int64{found[0].ID, found[1].ID}
	step("not retry a post")
	_, err = client.Products.Create(ctx, product(lamp("Lamp", "1.00")))
	var failed *shop.APIError
	if !errors.As(err, &failed) {
		return fmt.Errorf("not retry a post: %w", err)
	}
	results["not retry a post"] = failed.StatusCode
	step("refresh")
	me, err := client.Users.MeRetrieve(ctx)
	if err != nil {
		return err
	}
	results["refresh"] = me.Email
	step("cancel")
	limited, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	_, err = client.Products.Featured(limited, nil)
	results["cancel"] = errors.Is(err, context.DeadlineExceeded)
	return nil
}

func streams(ctx context.Context, client *shop.Client) error {
	step("stream events")
	if err := collect("stream events", client.Orders.Events(ctx, order, nil), same[shop.OrderEvent]); err != nil {
		return err
	}
	step("stream lines")
	return collect("stream lines", client.Products.Export(ctx, nil), same[shop.Product])
}
