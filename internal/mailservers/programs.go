package mailservers

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// secluded runs a server as the first child of a namespace of its own: an empty /run and /var/spool that vanish
// with it, and no process that can outlive it. The pipe that is its standard input ends with the test, also
// where the test is killed, and the server with it.
const secluded = `set -e
exec 3<&0
mount -n -t tmpfs tmpfs /run
mount -n -t tmpfs tmpfs /var/spool
mkdir -m 711 /var/spool/smtpd
"$@" & server=$!
(cat <&3 >/dev/null; kill -9 $server) &
wait $server
`

// program is a server that somebody else wrote, running until the test ends.
type program struct {
	name  string
	mu    sync.Mutex
	log   bytes.Buffer
	ended chan struct{}
}

// Write keeps what the program says.
func (p *program) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func (p *program) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// needPrograms skips a test where the programs are missing or cannot be started apart from the system's own.
func needPrograms(t testing.TB, names ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("mail servers of the system are started")
	}
	for _, name := range append(names, "unshare", "mount") {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed (Debian: apt-get install dovecot-imapd dovecot-submissiond opensmtpd)", name)
		}
	}
	if os.Getuid() != 0 {
		t.Skip("the mail servers can only be started by root, as they change to users of their own")
	}
	if out, err := exec.Command("unshare", "--mount", "--pid", "--fork", "--mount-proc", "mount", "-n", "-t", "tmpfs", "tmpfs", "/run").CombinedOutput(); err != nil {
		t.Skipf("the mail servers need a namespace of their own, which this system does not allow (%s)", bytes.TrimSpace(out))
	}
}

// start runs a server and waits until it takes connections.
func start(t testing.TB, port int, name string, args ...string) *program {
	t.Helper()
	p := &program{name: name, ended: make(chan struct{})}
	c := exec.Command("unshare", append([]string{"--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", secluded, name, name}, args...)...)
	c.Stdout, c.Stderr = p, p
	hold, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = c.Wait() // it is killed in the end
		close(p.ended)
	}()
	t.Cleanup(func() {
		hold.Close()
		select {
		case <-p.ended:
		case <-time.After(10 * time.Second):
			_ = c.Process.Kill()
			t.Errorf("%s did not end", name)
		}
		if conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			conn.Close()
			t.Errorf("%s still takes connections", name)
		}
		if t.Failed() {
			t.Logf("%s said:\n%s", name, p.said())
		}
	})
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.ended:
			t.Fatalf("%s ended at once", name)
		default:
		}
		if conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			conn.Close()
			return p
		}
	}
	t.Fatalf("%s takes no connections", name)
	return nil
}

// freePorts finds ports that nobody uses, below those that the system gives to connections.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	for tries := 0; len(ports) < n; tries++ {
		port := 20_000 + rand.IntN(10_000)
		l, err := net.Listen("tcp", fmt.Sprintf("0.0.0.0:%d", port))
		if err == nil {
			defer l.Close()
			ports = append(ports, port)
		} else if tries > 100 {
			t.Fatal(err)
		}
	}
	return ports
}

// openFolder is a temporary folder that the servers' users can reach.
func openFolder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeFile(t testing.TB, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// writeCertificate writes NAME.cert and NAME.key.
func writeCertificate(t testing.TB, path string, cert *tls.Certificate) {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, path+".cert", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})))
	writeFile(t, path+".key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
}

// hashed is a password as OpenSMTPD keeps it.
func hashed(t testing.TB, password string) string {
	t.Helper()
	c := exec.Command("smtpctl", "encrypt")
	c.Stdin = strings.NewReader(password + "\n")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(out))
}

// messages waits until a Maildir holds so many messages, and gives them in the order of their names.
func messages(t testing.TB, maildir string, n int) [][]byte {
	t.Helper()
	var files []string
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if files, _ = filepath.Glob(filepath.Join(maildir, "new", "*")); len(files) >= n {
			break
		}
	}
	if len(files) != n {
		t.Fatalf("%s holds %d messages, want %d", filepath.Base(maildir), len(files), n)
	}
	var out [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}
