package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options says what to serve and where.
type Options struct {
	// Build makes the whole site from its sources. It gives files, or the mistakes in the sources as a text, or an error
	// where the machine failed. It is never called twice at once.
	Build func() (files map[string][]byte, problems string, err error)
	// Watch are the folders Build reads; a change in or below one leads to a new build.
	Watch []string
	// Addr is where to listen: an address of this machine, such as "localhost:1313" or "127.0.0.1:0".
	Addr string
	// Out is told where the site can be seen, and of every build.
	Out io.Writer
}

// quiet is how long nothing may change before a build starts: editors write a file in more than one step.
const quiet = 80 * time.Millisecond

// Run serves until ctx ends, which is no error.
func Run(ctx context.Context, o Options) error {
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return fmt.Errorf("serve: reading the address %q: %w", o.Addr, err)
	}
	if !loopback(host) {
		return fmt.Errorf("serve: %q is not an address of this machine alone; use localhost", o.Addr)
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("serve: watching the sources: %w", err)
	}
	defer watcher.Close()
	for _, folder := range o.Watch {
		if err := watch(watcher, folder); err != nil {
			return fmt.Errorf("serve: watching %s: %w", folder, err)
		}
	}
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("serve: listening on %s: %w", o.Addr, err)
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := newPreview()
	rebuild(p, o)
	fmt.Fprintf(o.Out, "De site staat op http://%s/ (stoppen met Ctrl+C)\n", listener.Addr())

	server := &http.Server{
		Handler:           p,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the connections that wait for a new version
	}
	failed := make(chan error, 2)
	go func() { failed <- server.Serve(listener) }()
	changed := make(chan struct{}, 1)
	go func() { failed <- follow(ctx, watcher, changed) }()
	for {
		select {
		case <-changed:
			rebuild(p, o)
		case err := <-failed:
			server.Close()
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("serve: %w", err)
		case <-ctx.Done():
			server.Close()
			return nil
		}
	}
}

// rebuild builds and, whatever comes out, makes that the current state.
func rebuild(p *preview, o Options) {
	start := time.Now()
	files, problems, err := o.Build()
	if err != nil {
		problems = fmt.Sprintf("De site kon niet worden gebouwd: %v\n", err)
	}
	// The clock tells versions apart also when the server was started again.
	p.replace(strconv.FormatInt(start.UnixNano(), 36), files, problems)
	if problems != "" {
		fmt.Fprintln(o.Out, strings.TrimRight(problems, "\n"))
		return
	}
	fmt.Fprintf(o.Out, "%d bestanden gebouwd in %.2f s\n", len(files), time.Since(start).Seconds())
}

// watch watches a folder and all folders below it, but for hidden ones.
func watch(watcher *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) && name != folder {
				return nil // gone again already
			}
			return err
		}
		if !entry.IsDir() {
			return nil
		}
		if name != folder && passing(name) {
			return filepath.SkipDir
		}
		return watcher.Add(name)
	})
}

// passing tells whether a file is one that editors keep for themselves.
func passing(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~")
}

// follow says so on changed once the sources have been quiet for a while after a change. What changes during a build
// leads to another one.
func follow(ctx context.Context, watcher *fsnotify.Watcher, changed chan<- struct{}) error {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case event, ok := <-watcher.Events:
			if !ok {
				return nil
			}
			if event.Op == fsnotify.Chmod || passing(event.Name) {
				continue
			}
			if event.Has(fsnotify.Create) {
				if info, err := os.Lstat(event.Name); err == nil && info.IsDir() {
					if err := watch(watcher, event.Name); err != nil && !errors.Is(err, fs.ErrNotExist) {
						return fmt.Errorf("watching %s: %w", event.Name, err)
					}
				}
			}
			timer.Reset(quiet)
		case err, ok := <-watcher.Errors:
			if !ok {
				return nil
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return fmt.Errorf("watching the sources: %w", err)
			}
			timer.Reset(quiet) // something was missed, so everything may have changed
		case <-timer.C:
			select {
			case changed <- struct{}{}:
			default: // one is waiting already
			}
		}
	}
}
