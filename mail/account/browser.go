package account

import (
	"context"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/rubric-project/rubric/internal/fault"
)

// signInWithin is how long a person has for the sign-in.
const signInWithin = 10 * time.Minute

// InBrowser signs in with the browser of this computer. open is given the address to open; what the browser brings back comes
// to an address on this computer that exists for so long only (RFC 8252, 7.3).
func (s *SignIn) InBrowser(ctx context.Context, open func(address string) error) (Signed, error) {
	if err := s.prepare(); err != nil {
		return Signed{}, err
	}
	listeners, port, err := listen()
	if err != nil {
		return Signed{}, &fault.Error{Message: "this computer does not let the browser come back to the program", Remedy: "sign in with a code on another device instead", Err: err}
	}
	redirect := "http://" + s.endpoints().Redirect + ":" + strconv.Itoa(port)
	b := &browser{signIn: s, config: s.config(redirect), state: oauth2.GenerateVerifier(), verifier: oauth2.GenerateVerifier(), port: port, done: make(chan struct{}), shown: make(chan struct{})}
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(b.verifier)}
	if s.Account.User != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", s.Account.User))
	}
	if s.Account.Provider == Google { // without these it gives no refresh token the second time
		options = append(options, oauth2.AccessTypeOffline, oauth2.SetAuthURLParam("prompt", "consent"))
	}
	server := &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	for _, l := range listeners {
		go server.Serve(l)
	}
	defer server.Close()
	if err := open(b.config.AuthCodeURL(b.state, options...)); err != nil {
		return Signed{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, signInWithin)
	defer cancel()
	select {
	case <-b.done:
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return Signed{}, &Error{Code: "timeout", Fault: fault.Error{Message: "nobody signed in within ten minutes", Remedy: "try again"}}
		}
		return Signed{}, ctx.Err()
	}
	select { // the page that says so is to be seen
	case <-b.shown:
	case <-time.After(3 * time.Second):
	}
	stop, cancelStop := context.WithTimeout(context.Background(), time.Second)
	defer cancelStop()
	_ = server.Shutdown(stop)
	return b.signed, b.err
}

// listen listens on one port of both loopback addresses: which of them a browser takes for localhost is its own affair.
func listen() ([]net.Listener, int, error) {
	for try := 0; ; try++ {
		four, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			six, err := net.Listen("tcp6", "[::1]:0")
			if err != nil {
				return nil, 0, err
			}
			return []net.Listener{six}, six.Addr().(*net.TCPAddr).Port, nil
		}
		port := four.Addr().(*net.TCPAddr).Port
		six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
		switch {
		case err == nil:
			return []net.Listener{four, six}, port, nil
		case !hasLoopback6() || try == 20:
			return []net.Listener{four}, port, nil
		}
		four.Close() // somebody else has that port there, and would get the answer
	}
}

func hasLoopback6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err == nil {
		l.Close()
	}
	return err == nil
}

// browser answers the browser that comes back.
type browser struct {
	signIn          *SignIn
	config          *oauth2.Config
	state, verifier string
	port            int

	once        sync.Once
	done, shown chan struct{}
	signed      Signed
	err         error
	seen        sync.Once
}

func (b *browser) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil || host != "localhost" && host != "127.0.0.1" && host != "::1" || r.Method != http.MethodGet {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case "/":
		b.back(w, r)
	case "/signed-in":
		select {
		case <-b.done:
			writePage(w, b.signIn.Say, b.signIn.Lang, b.signed.Who, b.err)
			b.seen.Do(func() { close(b.shown) })
		default:
			http.NotFound(w, r)
		}
	default:
		http.NotFound(w, r)
	}
}

// back takes what the browser brings. What does not know the state is somebody else's, and ends nothing.
func (b *browser) back(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(b.state)) != 1 {
		http.NotFound(w, r)
		return
	}
	b.once.Do(func() {
		defer close(b.done)
		if code := q.Get("error"); code != "" {
			b.err = troubleOf(code, q.Get("error_description"))
			return
		}
		ctx := b.signIn.context(r.Context())
		token, err := b.config.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(b.verifier))
		if err != nil {
			b.err = explain(ctx, err)
			return
		}
		b.signed, b.err = b.signIn.keep(ctx, token)
	})
	// The code is not to stay in the address that the browser shows and remembers.
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/signed-in", http.StatusSeeOther)
}
