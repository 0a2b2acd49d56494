package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/rubric-project/rubric/internal/browse"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/office"
)

// endsAfter is how long the desk waits for somebody before it ends by itself.
const endsAfter = 8 * time.Hour

// Run opens the desk: dir is a round folder, or "" for the list of rounds; port is 0 for any. The link is printed on out,
// and without browser nothing is opened. Where a desk of the same user runs already, it gets a new link to that one and
// returns at once; otherwise it returns when the desk has ended, or ctx.
func Run(ctx context.Context, o *office.Office, dir string, port int, browser bool, out io.Writer) error {
	home, err := homeFolder()
	if err != nil {
		return err
	}
	if dir != "" {
		if dir, err = filepath.Abs(dir); err != nil {
			return err
		}
	}
	if link := linkOfRunning(home, dir); link != "" {
		return tell(out, home, link, browser, "rubric desk is running already. It opens at:")
	}
	listener, err := listen(port)
	if err != nil {
		return &fault.Error{Message: "the desk cannot listen on this computer", Remedy: "choose another port, or none", Err: err}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d, err := New(Config{Office: *o, Home: home, Documents: documents(), Host: listener.Addr().String(), Ended: cancel})
	if err != nil {
		return err
	}
	r := announce(home, listener.Addr().String())
	defer r.end()
	server := &http.Server{Handler: r.handler(d), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: silent()}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if dir != "" {
		d.settings.opened(dir)
	}
	if err := tell(out, home, d.StartLink(dir), browser, "rubric desk runs on this computer only. It opens at:"); err != nil {
		return err
	}
	go d.endWhenIdle(ctx, cancel)
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	d.Stop()
	closing, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer done()
	if err := server.Shutdown(closing); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// listen takes an address that only this computer has. A random one of the loopback network is taken where the system has
// them: a browser sends a cookie to every port of a host, so that another program on 127.0.0.1 would see ours.
func listen(port int) (net.Listener, error) {
	host := fmt.Sprintf("127.%d.%d.%d", 1+rand.IntN(254), rand.IntN(256), 1+rand.IntN(254))
	l, err := net.Listen("tcp4", net.JoinHostPort(host, fmt.Sprint(port)))
	if err != nil {
		l, err = net.Listen("tcp4", net.JoinHostPort("127.0.0.1", fmt.Sprint(port)))
	}
	return l, err
}

// tell prints the link, and opens it where a browser is wanted. That none opens is no error: the link is there.
func tell(out io.Writer, home, link string, browser bool, words string) error {
	if _, err := fmt.Fprintf(out, "%s\n%s\n", words, link); err != nil {
		return err
	}
	if browser && browse.Open(home, link) != nil {
		fmt.Fprintln(out, "No browser could be opened; copy the link into one. It works once, within a minute.")
	}
	return nil
}

// endWhenIdle ends the desk when nobody asked it for anything for long.
func (d *Desk) endWhenIdle(ctx context.Context, end func()) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if d.Idle() > endsAfter {
				end()
			}
		}
	}
}

// homeFolder is where the user's settings are.
func homeFolder() (string, error) {
	if dir := os.Getenv("RUBRIC_DESK_HOME"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &fault.Error{Message: "the folder for a user's settings is not known", Remedy: "say with HOME, on Windows with APPDATA, where the user's folder is", Err: err}
	}
	return filepath.Join(dir, "rubric"), nil
}
