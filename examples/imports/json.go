package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

var (
	errText   = errors.New("is not text")
	errObject = errors.New("is not an object")
	errList   = errors.New("is not a list")
	errJSON   = errors.New("the export is not JSON from here on")
)

// pages reads the JSON values that an export consists of, one behind the other.
func (s *sink) pages(r io.Reader) ([]any, error) {
	data, ok, err := s.contents(r)
	if !ok {
		return nil, err
	}
	var pages []any
	in := json.NewDecoder(bytes.NewReader(data))
	in.UseNumber() // leaves them as they are written
	for {
		var page any
		switch err := in.Decode(&page); {
		case err == io.EOF:
			return pages, nil
		case err != nil:
			s.fault(place{"byte", brokenAt(err, data)}, "", "", fmt.Errorf("%w: %w", errJSON, err))
			return nil, nil
		}
		pages = append(pages, page)
	}
}

// brokenAt returns the byte that cannot be JSON, or where data ends too early.
func brokenAt(err error, data []byte) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return max(0, int(syntax.Offset)-1)
	}
	return len(data)
}

// An object of an export remembers which of its fields something is made of.
// One that is not there has no fields.
type object struct {
	sink  *sink
	at    place
	path  string // where it is, for faults: "items.data[0]."
	name  string // what it is, for fields: "items.data."
	value map[string]any
}

// object opens a value that must be an object, unless it is null.
func (s *sink) object(at place, path, name string, value any) object {
	o := object{sink: s, at: at, path: path, name: name}
	if value == nil {
		return o
	}
	fields, ok := value.(map[string]any)
	if !ok {
		s.fault(at, trimDot(path), show(value), errObject)
		return o
	}
	for key := range fields {
		used := s.fields[name+key]
		s.fields[name+key] = used
	}
	o.value = fields
	return o
}

func trimDot(path string) string {
	if path == "" {
		return ""
	}
	return path[:len(path)-1]
}

// show writes a value as it may be shown, the shapes of large ones only.
func show(value any) string {
	switch v := value.(type) {
	case map[string]any:
		return "{…}"
	case []any:
		return "[…]"
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

func (o object) there() bool { return o.value != nil }

// take returns the value of a field, nil when it is null or not there.
func (o object) take(key string) any {
	value, ok := o.value[key]
	if ok {
		o.sink.fields[o.name+key] = true
	}
	return value
}

func (o object) fault(key string, value any, err error) {
	shown := ""
	if value != nil {
		shown = show(value)
	}
	o.sink.fault(o.at, o.path+key, shown, err)
}

// text reads text; a number is text too, since IDs are either.
func (o object) text(key string) string {
	switch v := o.take(key).(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		o.fault(key, v, errText)
		return ""
	}
}

// need is text that must not be empty.
func (o object) need(key string) string {
	text := o.text(key)
	if value := o.value[key]; value == nil || value == "" {
		o.fault(key, nil, success.ErrMissing)
	}
	return text
}

// read reads text with a parser; ok is false when there is none.
func read[T any](o object, key string, parse func(string) (T, error)) (value T, ok bool) {
	text := o.text(key)
	if text == "" {
		return value, false
	}
	value, err := parse(text)
	if err != nil {
		o.fault(key, text, err)
	}
	return value, err == nil
}

// amount reads a number, or text that is one.
func (o object) amount(key string) (amount decimal.Decimal, ok bool) { return read(o, key, amountOf) }

func (o object) whole(key string) (n int64, ok bool) { return read(o, key, wholeOf) }

// seconds reads a time in seconds as its day in UTC.
func (o object) seconds(key string) success.Date {
	n, ok := o.whole(key)
	if !ok {
		return success.Date{}
	}
	t, err := secondsOf(n)
	if err != nil {
		o.fault(key, o.value[key], err)
	}
	return success.DateOf(t)
}

// moment reads a time written out.
func (o object) moment(key string) time.Time {
	t, _ := read(o, key, func(text string) (time.Time, error) {
		t, _, err := momentOf(text, time.UTC)
		return t, err
	})
	return t
}

func (o object) flag(key string) bool {
	switch v := o.take(key).(type) {
	case nil:
		return false
	case bool:
		return v
	default:
		o.fault(key, v, errYesNo)
		return false
	}
}

// child opens an object within the object.
func (o object) child(key string) object {
	return o.sink.object(o.at, o.path+key+".", o.name+key+".", o.take(key))
}

// reference reads what the vendor gives as an ID or, expanded, as an object with
// one.
func (o object) reference(key string) (id string, expanded object) {
	if _, is := o.value[key].(map[string]any); !is {
		return o.text(key), object{sink: o.sink, at: o.at}
	}
	expanded = o.child(key)
	return expanded.need("id"), expanded
}

// list returns what is in a list.
func (o object) list(key string) []any {
	switch v := o.take(key).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		o.fault(key, v, errList)
		return nil
	}
}

// children opens the objects in a list.
func (o object) children(key string) (all []object) {
	for i, value := range o.list(key) {
		all = append(all, o.element(key, i, value))
	}
	return all
}

func (o object) element(key string, i int, value any) object {
	path := fmt.Sprintf("%s%s[%d].", o.path, key, i)
	if value == nil {
		o.sink.fault(o.at, trimDot(path), "", success.ErrMissing)
	}
	return o.sink.object(o.at, path, o.name+key+".", value)
}
