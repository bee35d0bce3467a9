package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"metrics.internal/success/examples/internal/sample"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// small is a folder with one customer who pays price a year, and then more.
func small(price string) fstest.MapFS {
	return fstest.MapFS{
		"contracts.csv": {Data: []byte("id,account,start,end,price,months,renews\n" +
			"1,a,2024-01-01,2025-01-01," + price + ",12,\n2,a,2025-01-01,2026-01-01,1" + price + ",12,1\n")},
		"contacts.csv": {Data: []byte("account,contact,since\na,Ada,2024-01-01\n")},
	}
}

func ask(t *testing.T, h http.Handler, method, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	if got := w.Header().Get("Content-Type"); w.Code < 300 && got != "application/json" {
		t.Errorf("%s: %s", path, got)
	}
	return w.Code, w.Body.String()
}

func TestAnswers(t *testing.T) {
	s, err := newServer(func(version int) (*company, error) { return load(small("100"), "", version) }, quiet())
	if err != nil {
		t.Fatal(err)
	}
	h := s.handler()
	for path, want := range map[string]string{
		"/healthz": `{"status":"ok","version":0,"contracts":2}`,
		"/nrr?from=2025-01-01&to=2026-01-01": `{"version":0,"period":{"from":"2025-01-01","to":"2026-01-01"},"currency":"","arr":{"opening":"100","new":"0",` +
			`"reactivation":"0","expansion":"1000","contraction":"0","churn":"0","fx":"0","closing":"1100"},"nrr":"11.0000000000","grr":"1.0000000000","logo_retention":"1.0000000000"}`,
		"/nrr?from=2023-01-01&to=2024-01-01":   `"nrr":null,"grr":null,"logo_retention":null`,
		"/lines?from=2025-01-01&to=2026-01-01": `"lines":[{"account":"a","opening":"100","closing":"1100","movement":"expansion","amount":"1000","fx":"0"}],"more":0}`,
		"/lines?from=2023-01-01&to=2024-01-01": `"lines":[],"more":0}`,
		"/health":                              `"account":"a","score":`,
	} {
		if status, body := ask(t, h, "GET", path); status != 200 || !strings.Contains(body, want) || !json.Valid([]byte(body)) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"GET /nrr?from=yesterday":                {422, "from: "},
		"GET /nrr?from=2025-01-01&to=2025-01-01": {422, "2025-01-01"},
		"GET /lines?limit=0":                     {422, "limit: "},
		"GET /lines?limit=many":                  {422, "limit: "},
		"GET /lines?to=0000-00-00":               {422, "to: "},
		"POST /nrr":                              {405, ""},
		"GET /reload":                            {405, ""},
		"GET /":                                  {404, ""},
	} {
		method, path, _ := strings.Cut(path, " ")
		if status, body := ask(t, h, method, path); status != want.status || !strings.Contains(body, want.body) {
			t.Errorf("%s %s: %d %s", method, path, status, body)
		}
	}
}

func TestLimit(t *testing.T) {
	s, err := newServer(func(version int) (*company, error) { return load(sample.Files(), sample.Currency, version) }, quiet())
	if err != nil {
		t.Fatal(err)
	}
	var all, some lines
	for path, into := range map[string]*lines{"/lines?limit=1000": &all, "/lines?limit=3": &some} {
		_, body := ask(t, s.handler(), "GET", path)
		if err := json.Unmarshal([]byte(body), into); err != nil {
			t.Fatal(err)
		}
	}
	if len(some.Lines) != 3 || some.More != len(all.Lines)-3 || all.More != 0 || fmt.Sprint(some.Lines) != fmt.Sprint(all.Lines[:3]) {
		t.Errorf("%d and %d more of %d", len(some.Lines), some.More, len(all.Lines))
	}
	for i, l := range all.Lines[1:] {
		if l.Amount.Abs().GreaterThan(all.Lines[i].Amount.Abs()) {
			t.Errorf("%v comes after %v", l, all.Lines[i])
		}
	}
}

// TestReloads: many read while the folder changes under them and is now and then
// broken. Every answer is wholly of one load, and a broken folder changes none.
func TestReloads(t *testing.T) {
	broken := fstest.MapFS{"contracts.csv": {Data: []byte("id,account,start,price,months\n1,a,never,1,12\n2,b,2024-01-01,x,12\n")}}
	folders := []fstest.MapFS{small("100"), broken, small("200"), {}}
	next := -1
	s, err := newServer(func(version int) (*company, error) {
		next = (next + 1) % len(folders)
		return load(folders[next], "", version)
	}, quiet())
	if err != nil {
		t.Fatal(err)
	}
	const rounds = 200
	web := httptest.NewServer(s.handler())
	defer web.Close()
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			last := 0
			for {
				select {
				case <-stop:
					return
				default:
				}
				var r rates
				if err := fetch(web.URL+"/nrr?from=2025-01-01&to=2026-01-01", &r); err != nil {
					t.Error(err)
					return
				}
				opening := []string{"100", "200"}[r.Version%2]
				if r.ARR.Opening.String() != opening || r.ARR.Closing.String() != "1"+opening || r.Version < last {
					t.Errorf("torn after version %d: %+v", last, r)
					return
				}
				last = r.Version
			}
		})
	}
	refusals := 0
	for range rounds {
		answer, err := http.Post(web.URL+"/reload", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		switch {
		case answer.StatusCode == 200:
		case answer.StatusCode != 422 || !bytes.Contains(body, []byte(`"errors":[`)):
			t.Fatalf("%d %s", answer.StatusCode, body)
		default:
			refusals++
		}
	}
	close(stop)
	readers.Wait()
	if refusals != rounds/2 || s.now.Load().version != rounds/2 {
		t.Errorf("%d refusals, version %d", refusals, s.now.Load().version)
	}
	if _, err := load(broken, "", 0); err == nil || strings.Count(err.Error(), "contracts.csv:") != 2 {
		t.Errorf("a broken folder: %v", err)
	}
}

func fetch(url string, into any) error {
	answer, err := http.Get(url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return fmt.Errorf("%s: %s", url, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

// TestLarge: a request may not be larger than it needs to be.
func TestLarge(t *testing.T) {
	s, err := newServer(func(version int) (*company, error) { return load(small("100"), "", version) }, quiet())
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error)
	go func() { served <- s.serve(ctx, listener) }()
	answer, err := http.Get("http://" + listener.Addr().String() + "/nrr?from=" + strings.Repeat("9", 1<<20))
	if err != nil || answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%v, %v", answer, err)
	}
	stop()
	select {
	case err := <-served:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("does not stop")
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("goes on listening")
	}
}

func TestCommand(t *testing.T) {
	var out, log bytes.Buffer
	if err := run(t.Context(), nil, &out, &log); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"GET /healthz\n200 OK\n", `"nrr":"1.0258870437"`, "422 Unprocessable Entity\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, out.String())
		}
	}
	for line := range strings.Lines(log.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	if err := run(t.Context(), []string{"-dir", t.TempDir()}, &out, &log); err == nil {
		t.Error("an empty folder is served")
	}
	if err := run(t.Context(), []string{"-addr", "nowhere:x"}, &out, &log); err == nil {
		t.Error("serves nowhere")
	}
	if err := run(t.Context(), []string{"-oops"}, &out, &log); err == nil {
		t.Error("an unknown flag")
	}
	done, stop := context.WithCancel(t.Context())
	stop()
	if err := run(done, nil, &out, &log); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted at once: %v", err)
	}
}
