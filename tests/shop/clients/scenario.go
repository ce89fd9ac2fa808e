// What a Go program does with the shop's generated client and the shop itself; printed as JSON by step.
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"example.com/shop"
)

var (
	address  = os.Getenv("SHOP_URL")
	name     = os.Getenv("SHOP_CLIENT")
	customer = os.Getenv("SHOP_CUSTOMER")
	expired  = os.Getenv("SHOP_EXPIRED")
	password = os.Getenv("SHOP_PASSWORD")
	picture  = must(base64.StdEncoding.DecodeString(os.Getenv("SHOP_PICTURE")))
	header   = shop.WithHeader("X-Client", name)
	newcomer = strings.ReplaceAll(name, " ", "-") + "@example.com"
	sku      = "LIVE-" + strings.ToUpper(strings.ReplaceAll(name, " ", "-"))
	results  = map[string]any{}
	home     = shop.AddressRequest{
		Kind:       shop.AddressKindBilling,
		Name:       "Åsa & Co. “KG”",
		Street:     "Gränsgatan 1",
		PostalCode: "10115",
		City:       "Göteborg",
		Country:    shop.CountryDE,
		Phone:      shop.NullableOf("+49 30 1234567"),
	}
)

// list is a list in the results.
type list = []any

func main() {
	ctx := context.Background()
	accounts(ctx)
	buyer := signedIn(ctx, customer)
	manager := signedIn(ctx, "manager@shop.example.com")
	anna := signedIn(ctx, "anna@example.com")
	lists(ctx, buyer, anna)
	addresses(ctx, buyer)
	products(ctx, manager, buyer)
	files(ctx, buyer, anna)
	shopping(ctx, buyer)
	actions(ctx, buyer, manager)
	session(ctx)
	refresh(ctx)
	check(json.NewEncoder(os.Stdout).Encode(results))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func client(opts ...shop.Option) *shop.Client {
	return shop.New(address, append([]shop.Option{header}, opts...)...)
}

func credentials(email string) shop.TokenObtainPairRequest {
	return shop.TokenObtainPairRequest{Email: email, Password: password}
}

func signedIn(ctx context.Context, email string) *shop.Client {
	return client(shop.WithToken(must(client().Auth.Token(ctx, credentials(email))).Access))
}

// refusal is status and code of an error that concerns the request as a whole.
func refusal[T any](_ T, err error) list {
	var described *shop.ErrorOf[shop.ErrorDetail]
	if !errors.As(err, &described) {
		panic(fmt.Sprintf("not refused: %v", err))
	}
	return list{described.StatusCode, described.Value.Code}
}

// fields is the status of an error that concerns the values sent, and which they are.
func fields[T any](_ T, err error) (int, map[string][]string) {
	var invalid *shop.ErrorOf[shop.ValidationError]
	if !errors.As(err, &invalid) || !errors.Is(err, shop.ErrBadRequest) {
		panic(fmt.Sprintf("not invalid: %v", err))
	}
	return invalid.StatusCode, invalid.Value.AdditionalProperties
}

func collect[T, R any](values iter.Seq2[T, error], change func(T) R) []R {
	found := []R{}
	for value, err := range values {
		check(err)
		found = append(found, change(value))
	}
	return found
}

func sorted[V any](values map[string]V) []string { return slices.Sorted(maps.Keys(values)) }

func png(name string) shop.FileUpload {
	return shop.FileUpload{Name: name, ContentType: "image/png", Content: bytes.NewReader(picture)}
}

func accounts(ctx context.Context) {
	nobody := client()
	opened := must(nobody.Accounts.Create(ctx, shop.AccountRequest{
		Email: newcomer, Password: password, FirstName: shop.Ptr("Åsa"),
	}))
	results["open an account"] = list{opened.FullName, opened.Role, opened.IsActive}
	results["not signed in"] = refusal(nobody.Users.MeRetrieve(ctx))
	wrong := shop.TokenObtainPairRequest{Email: newcomer, Password: "wrong"}
	results["a wrong password"] = refusal(nobody.Auth.Token(ctx, wrong))
	me := must(signedIn(ctx, newcomer).Users.MeRetrieve(ctx))
	results["sign in for a token"] = me.ID == opened.ID && me.Email == newcomer
	results["a false token"] = refusal(client(shop.WithToken("no token at all")).Users.MeRetrieve(ctx))
}

func lists(ctx context.Context, buyer, anna *shop.Client) {
	results["pages by number"] = collect(buyer.Products.All(ctx, nil), func(p shop.ProductSummary) string { return p.SKU })
	seven := &shop.CatalogBrandsListParams{Limit: shop.Ptr[int64](7)}
	results["pages by offset"] = collect(buyer.Catalog.BrandsListAll(ctx, seven), func(b shop.Brand) string { return b.Name })
	results["pages by cursor"] = collect(anna.Orders.All(ctx, nil), func(o shop.OrderSummary) string { return o.Number })
	german := client(shop.WithHeader("Accept-Language", "de"))
	cheapest := must(german.Products.List(ctx, &shop.ProductsListParams{
		Ordering: shop.Ptr(shop.OrderingPrice), PageSize: shop.Ptr[int64](1),
	}))
	results["in German"] = cheapest.Results[0].Name
	page := must(buyer.Products.List(ctx, &shop.ProductsListParams{
		Search:   shop.Ptr("lamp"),
		Status:   []shop.ProductStatus{shop.ProductStatusOnSale},
		Ordering: shop.Ptr(shop.OrderingMinusPrice),
		PageSize: shop.Ptr[int64](2),
	}))
	results["a page that was looked for"] = list{page.Results[0].Name, page.Results[1].Name}
}

func addresses(ctx context.Context, buyer *shop.Client) {
	var answer *http.Response
	made := must(buyer.Users.MeAddressesCreate(ctx, home, shop.WithResponse(&answer)))
	place := answer.Header.Get("Location") == fmt.Sprintf("%s/api/users/me/addresses/%d/", address, made.ID)
	results["create"] = list{answer.StatusCode, place, made.Name, made.Phone, made.IsDefault}
	again := must(buyer.Users.MeAddressesRetrieve(ctx, made.ID))
	results["retrieve"] = reflect.DeepEqual(again, made)
	changed := must(buyer.Users.MeAddressesPartialUpdate(ctx, made.ID, &shop.PatchedAddressRequest{
		City: shop.Ptr("Malmö"), Phone: shop.NullOf[string](),
	}))
	results["change"] = list{changed.Name, changed.City, changed.Phone}
	check(buyer.Users.MeAddressesDestroy(ctx, made.ID))
	results["removed"] = refusal(buyer.Users.MeAddressesRetrieve(ctx, made.ID))
}

func products(ctx context.Context, manager, buyer *shop.Client) {
	category := must(manager.Products.BySKU(ctx, "LAMP-01")).Value.(*shop.PhysicalProduct).Category
	lamp := shop.PhysicalProductRequest{SKU: sku, Name: "Lämpchen", Price: "19.90", Category: category, Weight: 900}
	made := must(manager.Products.Create(ctx, shop.ProductRequest{Value: &lamp})).Value.(*shop.PhysicalProduct)
	results["create of a kind"] = list{made.Kind, made.Name, made.Price, made.OldPrice, made.Status}
	taken := lamp
	taken.Category = 9999
	status, messages := fields(manager.Products.Create(ctx, shop.ProductRequest{Value: &taken}))
	results["not valid"] = list{status, sorted(messages), len(messages["sku"])}
	change := &shop.PatchedPhysicalProductRequest{Price: shop.Ptr("9.99"), OldPrice: shop.NullableOf("19.90")}
	changed := must(manager.Products.PartialUpdate(ctx, made.ID, &shop.PatchedProductRequest{Value: change}))
	cheaper := changed.Value.(*shop.PhysicalProduct)
	results["change of a kind"] = list{cheaper.Name, cheaper.Price, cheaper.OldPrice}
	lamp.SKU = "MINE"
	results["not allowed"] = refusal(buyer.Products.Create(ctx, shop.ProductRequest{Value: &lamp}))
	photo := must(manager.Products.Photo(ctx, made.ID, shop.PhotoRequest{Photo: png("lämpchen.png"), Alt: shop.Ptr("Ä “b”")}))
	results["upload a photo"] = list{photo.Alt, photo.Width, photo.Height}
	photos := must(manager.Products.PhotosCreate(ctx, made.ID, shop.PhotoBatchRequest{
		Photos: []shop.FileUpload{png("1.png"), png("2.png")}, Alts: []string{"x", "y"},
	}))
	results["upload photos"] = list{photos[0].Alt, photos[1].Alt}
	text := shop.FileUpload{Name: "a.png", Content: strings.NewReader("no picture")}
	status, messages = fields(manager.Products.Photo(ctx, made.ID, shop.PhotoRequest{Photo: text}))
	results["no photo"] = list{status, sorted(messages)}
	check(manager.Products.Destroy(ctx, made.ID))
	results["not found"] = refusal(manager.Products.Retrieve(ctx, made.ID))
	table := "sku,kind,name,price,category,weight\n" +
		fmt.Sprintf("LIVE-1,physical,Lämpchen,9.90,%d,500\nLIVE-2,physical,,9.90,%d,500\n", category, category)
	report := must(manager.Products.Import(ctx, table, &shop.ProductsImportParams{DryRun: shop.Ptr(true)}))
	failed := []int64{}
	for _, row := range report.Failed {
		failed = append(failed, row.Line)
	}
	results["send a table"] = list{report.Created, report.Updated, failed, report.DryRun}
	lines := []string{}
	for product, err := range manager.Products.Export(ctx, nil) {
		check(err)
		if lines = append(lines, product.Value.(*shop.PhysicalProduct).SKU); len(lines) == 3 {
			break
		}
	}
	results["read lines"] = lines
}

func files(ctx context.Context, buyer, anna *shop.Client) {
	upload := must(buyer.Uploads.Create(ctx, shop.UploadRequest{
		File:    shop.FileUpload{Name: "nöte.txt", ContentType: "text/plain", Content: strings.NewReader("Hello")},
		Purpose: shop.UploadPurposeManual,
	}))
	results["upload a file"] = list{upload.Filename, upload.ContentType, upload.Size}
	data := make([]byte, 256)
	for at := range data {
		data[at] = byte(at)
	}
	replaced := must(buyer.Uploads.ContentUpdate(ctx, upload.ID, bytes.NewReader(data)))
	results["upload bytes"] = list{replaced.ContentType, replaced.Size}
	results["download bytes"] = bytes.Equal(read(buyer.Uploads.ContentRetrieve(ctx, upload.ID, nil)), data)
	results["not one's own"] = refusal(anna.Uploads.Retrieve(ctx, upload.ID))
	results["download a document"] = string(read(anna.Orders.Invoice(ctx, os.Getenv("SHOP_ORDER")))[:5])
}

func read(stream io.ReadCloser, err error) []byte {
	check(err)
	defer stream.Close()
	return must(io.ReadAll(stream))
}

func shopping(ctx context.Context, buyer *shop.Client) {
	lamp := must(buyer.Products.BySKU(ctx, "LAMP-04")).Value.(*shop.PhysicalProduct)
	item := must(buyer.Cart.ItemsCreate(ctx, shop.CartItemRequest{
		ProductID: lamp.ID, Quantity: shop.Ptr[int64](2), Options: map[string]string{"color": "röd"},
	}))
	results["into the cart"] = list{item.Product.SKU, item.Quantity, item.Options, item.Subtotal}
	_, err := buyer.Cart.ItemsCreate(ctx, shop.CartItemRequest{ProductID: lamp.ID, Quantity: shop.Ptr[int64](999)})
	var short *shop.ErrorOf[shop.StockConflict]
	if !errors.As(err, &short) || !errors.Is(err, shop.ErrConflict) {
		panic(err)
	}
	results["too many"] = list{short.StatusCode, short.Value.Code, short.Value.Items[0].Requested}
	cart := must(buyer.Cart.CouponCreate(ctx, shop.CouponRequest{Code: "FIVE"}))
	results["redeem"] = list{cart.Discount.Amount, cart.Total.Amount}
	card := shop.PaymentMethodRequest{Value: &shop.CardMethodRequest{Token: "tok_visa_4242"}}
	method := must(buyer.Payments.MethodsCreate(ctx, card)).Value.(*shop.CardMethod)
	checkout := shop.CheckoutRequest{BillingAddress: home, PaymentMethod: method.ID, AcceptTerms: true}
	once := &shop.CartCheckoutParams{IdempotencyKey: &method.ID}
	order := must(buyer.Cart.Checkout(ctx, checkout, once))
	again := must(buyer.Cart.Checkout(ctx, checkout, once))
	results["check out"] = list{order.Status, order.Total.Amount, order.Items[0].Name, order.ID == again.ID}
	noted := must(buyer.Orders.PartialUpdate(ctx, order.ID, &shop.PatchedOrderRequest{Note: shop.Ptr("Tack!")}))
	results["note"] = noted.Note
	events := []list{}
	for event, err := range buyer.Orders.Events(ctx, order.ID, &shop.OrdersEventsParams{LastEventID: shop.Ptr("0")}) {
		check(err)
		switch event := event.Value.(type) {
		case *shop.NoteAdded:
			events = append(events, list{event.Author.FullName == order.Customer.FullName, event.Text})
			reason := shop.CancelRequest{Reason: shop.CancelReasonTooLate, Comment: shop.Ptr("Tyvärr")}
			cancelled := must(buyer.Orders.Cancel(ctx, order.ID, reason))
			results["cancel"] = list{cancelled.Status, cancelled.CancelReason}
		case *shop.StatusChanged:
			events = append(events, list{event.Previous, event.Status})
		}
	}
	results["follow"] = events
	other := shop.CancelRequest{Reason: shop.CancelReasonOther}
	results["cancel again"] = refusal(buyer.Orders.Cancel(ctx, order.ID, other))
}

func actions(ctx context.Context, buyer, manager *shop.Client) {
	lamp := must(buyer.Products.BySKU(ctx, "LAMP-01")).Value.(*shop.PhysicalProduct)
	reviews := map[string]int64{}
	for review, err := range buyer.Reviews.ProductsListAll(ctx, lamp.ID, nil) {
		check(err)
		reviews[review.Title] = review.ID
	}
	results["pages of reviews"] = sorted(reviews)
	review := reviews["Review no. 10"]
	results["vote"] = must(buyer.Reviews.ProductsVote(ctx, lamp.ID, review, shop.VoteRequest{Vote: shop.VoteDown})).Title
	for said := range 100 {
		comment := shop.CommentRequest{Text: fmt.Sprintf("Comment no. %d", said)}
		_, err := buyer.Reviews.ProductsCommentsCreate(ctx, lamp.ID, review, comment)
		var often *shop.ErrorOf[shop.ErrorDetail]
		if errors.As(err, &often) && errors.Is(err, shop.ErrTooManyRequests) {
			seconds := must(strconv.Atoi(often.Header.Get("Retry-After")))
			results["too often"] = list{said, often.StatusCode, often.Value.Code, 0 < seconds && seconds <= 60}
			break
		}
		check(err)
	}
	search := &shop.AccountsListParams{Search: &newcomer}
	found := collect(manager.Accounts.All(ctx, search), func(a shop.Account) string { return a.ID })
	revenge := shop.SuspendRequest{Reason: "Revenge"}
	results["not for customers"] = refusal(buyer.Accounts.Suspend(ctx, found[0], revenge))
	suspended := must(manager.Accounts.Suspend(ctx, found[0], shop.SuspendRequest{Reason: "It was a test."}))
	results["suspend"] = list{len(found), suspended.IsActive}
	results["suspended"] = refusal(buyer.Auth.Token(ctx, credentials(newcomer)))
}

func session(ctx context.Context) {
	cookies := shop.WithHTTPClient(&http.Client{Jar: must(cookiejar.New(nil))})
	careful, careless := client(cookies), client(cookies, shop.WithCSRF("", ""))
	account := must(careful.Auth.Login(ctx, shop.LoginRequest{Email: customer, Password: password}))
	results["sign in for a session"] = must(careful.Users.MeRetrieve(ctx)).ID == account.ID
	results["without a CSRF token"] = refusal(careless.Users.MeAddressesCreate(ctx, home))
	results["with a CSRF token"] = must(careful.Users.MeAddressesCreate(ctx, home)).Name
	check(careful.Auth.Logout(ctx))
	results["session over"] = refusal(careful.Users.MeRetrieve(ctx))
}

func refresh(ctx context.Context) {
	used := must(client().Auth.Token(ctx, credentials(customer))).Refresh
	token, refreshed := used, 0
	renew := shop.WithRefresh(func(ctx context.Context) (string, error) {
		refreshed++
		pair, err := client().Auth.TokenRefresh(ctx, shop.TokenRefreshRequest{Refresh: token})
		if err != nil {
			return "", err
		}
		token = *pair.Refresh
		return pair.Access, nil
	})
	late := func() *shop.Client { return client(shop.WithToken(expired), renew) }
	one := late()
	same := make([]bool, 5)
	var calls sync.WaitGroup
	for at := range same {
		calls.Add(1)
		go func() {
			defer calls.Done()
			same[at] = must(one.Users.MeRetrieve(ctx)).Email == customer
		}()
	}
	calls.Wait()
	results["refresh"] = list{same, refreshed}
	changed := must(late().Users.MePartialUpdate(ctx, &shop.PatchedAccountRequest{LastName: shop.Ptr("Öberg")}))
	results["refresh again"] = list{changed.LastName, refreshed}
	token = used
	refused := refusal(late().Users.MeRetrieve(ctx))
	results["refresh with what was used"] = list{refused, refreshed}
}
