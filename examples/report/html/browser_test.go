package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shots is for people, and for report.png: go test -run TestBrowser/sample -shots DIR.
var shots = flag.String("shots", "", "write pictures of the page in the browser to this `folder`")

// look.js returns what is wrong with the page as it is shown.
//
//go:embed testdata/look.js
var look string

// shared has folders of other companies, which are not part of the module.
const shared = "../../../../shared/data"

// browser starts Chromium with a profile of its own.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		t.Skip("Chromium is not installed: the page was not looked at in a browser")
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir())}
	for _, name := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, closed := chromedp.NewContext(allocator, chromedp.WithErrorf(t.Logf))
	t.Cleanup(closed)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, over := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(over)
	return ctx
}

// complaints collects what the browser complains about, and what it fetches.
func complaints(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	var all []string
	var lock sync.Mutex
	err := chromedp.Listen(ctx, func(event any) {
		lock.Lock()
		defer lock.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			all = append(all, "exception: "+e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			all = append(all, "console: "+string(e.Type))
		case *log.EventEntryAdded:
			all = append(all, "log: "+e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "file:") {
				all = append(all, "request: "+e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(t, ctx, network.Enable, network.EnableParams{})
	call(t, ctx, log.Enable, cdp.Empty{})
	call(t, ctx, runtime.Enable, cdp.Empty{})
	return func() []string {
		lock.Lock()
		defer lock.Unlock()
		return slices.Clone(all)
	}
}

// call sends a command to the browser.
func call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], parameters P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, parameters); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression on the page.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestBrowser opens the pages in a browser, from small to large, in light and dark.
func TestBrowser(t *testing.T) {
	folders := map[string][]string{"sample": nil, "hostile": {"-dir", folderOf(t, hostileFolder()), "-from", "2024-01-02", "-to", "2024-07-01"}}
	for name, args := range map[string][]string{"vendor": {"-currency", "AUD"}, "saas": nil} {
		dir := filepath.Join(shared, name)
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not there: its page was not looked at", dir)
			continue
		}
		folders[name] = append(args, "-dir", dir)
	}
	ctx := browser(t)
	heard := complaints(t, ctx)
	before := mishear(t, ctx, heard)
	for name, args := range folders {
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, htmlOf(t, args...), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{320, 1280, 3840} {
			for _, scheme := range []string{"light", "dark"} {
				t.Run(fmt.Sprintf("%s/%d/%s", name, width, scheme), func(t *testing.T) { lookAt(t, ctx, file, width, scheme) })
			}
		}
		t.Run(name+"/keyboard", func(t *testing.T) { useKeys(t, ctx, file) })
		t.Run(name+"/paper", func(t *testing.T) { printOn(t, ctx, file) })
	}
	for _, complaint := range heard()[before:] {
		t.Error(complaint)
	}
}

// bad is a page with most of what a page must not have.
const bad = `<!DOCTYPE html><body><main><section id="a">x</section></main><p style="font-size: 8px; width: 9999px">small, and wide</p>
<div class="frame"></div><img src="http://127.0.0.1:9/x.png"><script>console.error("heard"); undefined.oops</script>`

// mishear shows the bad page, all of which must be noticed, and returns how many
// complaints there were.
func mishear(t *testing.T, ctx context.Context, heard func() []string) int {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bad.html")
	if err := os.WriteFile(file, []byte(bad), 0o666); err != nil {
		t.Fatal(err)
	}
	show(t, ctx, file, 320, "screen", "light")
	s := ask[sight](t, ctx, look)
	faults := strings.Join(append(s.Faults, heard()...), "\n")
	for _, fault := range []string{"pixels wide", "a is not shown", "0 pictures for one", "console: error", "exception: ", "request: http"} {
		if !strings.Contains(faults, fault) {
			t.Errorf("nobody noticed: %s\n%s", fault, faults)
		}
	}
	if s.Smallest != 8 {
		t.Errorf("text of %v pixels", s.Smallest)
	}
	press(t, ctx, chromedp.Navigate("about:blank"))
	return len(heard())
}

// show opens a file as a screen of a width shows it.
func show(t *testing.T, ctx context.Context, file string, width int64, media, scheme string) {
	t.Helper()
	call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	press(t, ctx, chromedp.Navigate("file://"+file))
}

// A sight is what look.js found.
type sight struct {
	Faults   []string
	Figures  []string
	Pictures int
	Texts    int
	Smallest float64 // text, in CSS pixels
	Page     string  // colour behind it
}

// press does what people do with a browser.
func press(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func lookAt(t *testing.T, ctx context.Context, file string, width int64, scheme string) {
	show(t, ctx, file, width, "screen", scheme)
	shoot(t, ctx, fmt.Sprintf("%s-%d-%s.png", strings.TrimSuffix(filepath.Base(file), ".html"), width, scheme))
	s := ask[sight](t, ctx, look)
	for _, fault := range s.Faults {
		t.Error(fault)
	}
	if got := strings.Join(s.Figures, " "); got != strings.Join(ids(), " ") {
		t.Errorf("figures %s", got)
	}
	if s.Pictures < 6 || s.Texts < 200 {
		t.Errorf("only %d pictures and %d texts", s.Pictures, s.Texts)
	}
	if s.Smallest < 12 {
		t.Errorf("text of %.2f pixels", s.Smallest)
	}
	if want := map[string]string{"light": "rgb(243, 245, 248)", "dark": "rgb(15, 18, 22)"}[scheme]; s.Page != want {
		t.Errorf("the page is %s, not %s", s.Page, want)
	}
}

// shoot writes a picture of the page, if pictures are asked for.
func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if *shots == "" {
		return
	}
	for file, action := range map[string]chromedp.Action[[]byte]{name: chromedp.CaptureScreenshot(), "whole-" + name: chromedp.FullScreenshot(100)} {
		picture, err := chromedp.Run(ctx, action)
		if err == nil {
			err = os.WriteFile(filepath.Join(*shots, file), picture, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// useKeys goes through the page with the tab key, and opens what can be opened.
func useKeys(t *testing.T, ctx context.Context, file string) {
	show(t, ctx, file, 1280, "screen", "light")
	const summaries = `document.querySelectorAll("summary").length`
	const opened = `document.querySelectorAll("details[open]").length`
	const focused = `(() => { const e = document.activeElement; return e.tagName + " " + (e.getAttribute("href") || e.textContent) + " " + getComputedStyle(e).outlineStyle })()`
	all := ask[int](t, ctx, summaries)
	if all < len(ids()) {
		t.Fatalf("%d details", all)
	}
	reached, links := map[string]bool{}, 0
	for range 300 {
		press(t, ctx, chromedp.KeyEvent(kb.Tab))
		at := ask[string](t, ctx, focused)
		if strings.HasPrefix(at, "BODY") || reached[at] {
			break
		}
		reached[at] = true
		if !strings.HasSuffix(at, " solid") {
			t.Errorf("nothing shows that %s has the focus", at)
		}
		if strings.HasPrefix(at, "A ") {
			links++
		}
		if strings.HasPrefix(at, "SUMMARY ") {
			// Opened and closed again, so that what is in it does not come next.
			press(t, ctx, chromedp.KeyEvent(kb.Enter))
			if open := ask[int](t, ctx, opened); open != 1 {
				t.Errorf("%s opens %d", at, open)
			}
			press(t, ctx, chromedp.KeyEvent(kb.Enter))
		}
	}
	if got := len(reached) - links; got != all || links != len(ids())+1 {
		t.Errorf("%d of %d details and %d links of %d can be reached", got, all, links, len(ids())+1)
	}
}

// printOn shows the page as on paper: everything is there without a click.
func printOn(t *testing.T, ctx context.Context, file string) {
	show(t, ctx, file, 720, "print", "light")
	shoot(t, ctx, strings.TrimSuffix(filepath.Base(file), ".html")+"-paper.png")
	const closed = `[...document.querySelectorAll("details > p, .card:not(.across) table")].filter(e => e.getBoundingClientRect().height < 5).length`
	const menu = `document.querySelector("nav").getBoundingClientRect().height`
	const wider = `document.documentElement.scrollWidth - innerWidth`
	hidden, navigation, over := ask[int](t, ctx, closed), ask[int](t, ctx, menu), ask[int](t, ctx, wider)
	if hidden != 0 || navigation != 0 || over > 0 {
		t.Errorf("%d definitions and tables are hidden, the menu is %d high, and the page %d too wide", hidden, navigation, over)
	}
}
