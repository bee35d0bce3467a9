package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"
)

// enough is the time after which a measurement is not repeated.
const enough = 3 * time.Second

// A job is one measurement, made by a process of its own.
type job struct {
	Engine, Work, Shape string
	Size, Runs          int
	Dir                 string // for files
	Database            string // URL of PostgreSQL
}

func (j job) String() string { return fmt.Sprintf("%s %s, %d %s", j.Engine, j.Work, j.Size, j.Shape) }

// A result is what a job has found.
type result struct {
	Job     job
	Times   []time.Duration // of each run
	CPU     []time.Duration // of the processors in each run, on all cores; 0 when unknown
	Rise    int64           // bytes of resident memory beyond those before; 0 when unknown
	Book    int64           // bytes of the finished book, 0 when there is none
	Figures []figures       // nothing when nothing was asked about contracts

	Sums map[string]float64 // of other work: what all ways to do it agree on
}

func (r result) median() time.Duration { return median(r.Times) }

// median returns the time in the middle; of an even number, the later of the two.
func median(times []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(times))[len(times)/2]
}

// self is this process, as /proc has it.
const self = "self"

// A task is a job that is ready to run.
type task struct {
	run  func() (answer, error)
	done func() error
	pid  string // of the process whose memory counts
}

// An answer is what a run has found; what it built is kept until it was weighed.
type answer struct {
	figures []figures
	sums    map[string]float64
	built   any
}

// measure does a job in this process.
func measure(ctx context.Context, j job) (r result, err error) {
	r.Job = j
	t, err := prepare(ctx, j)
	if err != nil {
		return r, err
	}
	before := heap()
	process := cmp.Or(t.pid, self)
	g := newGauge(process)
	var a answer
	for began := time.Now(); len(r.Times) < j.Runs && (len(r.Times) == 0 || time.Since(began) < enough); {
		a = answer{}
		runtime.GC()
		worked, start := cpu(process), time.Now()
		if a, err = t.run(); err != nil {
			return r, err
		}
		r.Times = append(r.Times, time.Since(start))
		r.CPU = append(r.CPU, cpu(process)-worked)
	}
	r.Rise, r.Figures, r.Sums = g.rise(), a.figures, a.sums
	if a.built != nil {
		r.Book = heap() - before
		runtime.KeepAlive(a)
	}
	if t.done != nil {
		err = t.done()
	}
	runtime.KeepAlive(t)
	return r, err
}

// child is what a process does that was started for a job.
func child(ctx context.Context, text string) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	r, err := measure(ctx, j)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// start does a job in a process of its own.
func start(ctx context.Context, j job) (r result, err error) {
	text, err := json.Marshal(j)
	if err != nil {
		return r, err
	}
	program, err := os.Executable()
	if err != nil {
		return r, err
	}
	said, err := output(exec.CommandContext(ctx, program, "-job", string(text)))
	if err != nil {
		return r, fmt.Errorf("%v: %w", j, cmp.Or(ctx.Err(), err))
	}
	return r, json.Unmarshal(said, &r)
}

// output runs a command, whose error carries what it said.
func output(command *exec.Cmd) ([]byte, error) {
	var said, complaint bytes.Buffer
	command.Stdout, command.Stderr = &said, &complaint
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(complaint.Bytes()))
	}
	return said.Bytes(), nil
}
