//go:build unix

package warehouse_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is a PostgreSQL server that the tests start, on a socket in a folder of its own.
type server struct {
	dir     string
	process *exec.Cmd
	as      *syscall.SysProcAttr
	bin     string
	port    int
	// authority is the file of the certificate that the server shows, which nobody else has signed.
	authority string
}

var (
	once    sync.Once
	running *server
	missing string
)

func TestMain(m *testing.M) {
	status := m.Run()
	if running != nil {
		running.stop()
	}
	os.Exit(status)
}

// postgres is the server of all tests; without the program the test is skipped.
func postgres(t testing.TB) *server {
	t.Helper()
	once.Do(func() { running, missing = start() })
	if missing != "" {
		t.Skip(missing)
	}
	return running
}

func start() (*server, string) {
	bin := ""
	if path, err := exec.LookPath("initdb"); err == nil {
		bin = filepath.Dir(path)
	} else if list, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(list) > 0 { // Debian's place
		bin = filepath.Dir(slices.Max(list))
	} else {
		return nil, "PostgreSQL is not installed: Debian's package postgresql"
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, err.Error()
	}
	s := &server{dir: dir, bin: bin, as: &syscall.SysProcAttr{}}
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, "there is no user postgres to run the server as"
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err.Error()
		}
	}
	if out, err := s.run("initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		panic(fmt.Sprintf("initdb: %v\n%s", err, out))
	}
	if err := s.secure(); err != nil {
		panic(err)
	}
	s.process = exec.Command(filepath.Join(bin, "postgres"), "-D", s.data(), "-k", dir, "-c", "listen_addresses=127.0.0.1", "-c", fmt.Sprint("port=", s.port),
		"-c", "ssl=on", "-c", "fsync=off", "-c", "max_connections=40")
	s.process.SysProcAttr, s.process.Dir = s.as, dir
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err.Error()
	}
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		panic(err)
	}
	for range 600 {
		if conn, err := pgx.Connect(context.Background(), s.address("postgres")); err == nil {
			conn.Close(context.Background())
			return s, ""
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.stop()
	text, _ := os.ReadFile(log.Name())
	panic("the server does not answer\n" + string(text))
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) run(name string, args ...string) (string, error) {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.SysProcAttr, c.Dir = s.as, s.dir
	out, err := c.CombinedOutput()
	return string(out), err
}

func (s *server) stop() {
	s.process.Process.Signal(syscall.SIGINT)
	s.process.Wait()
	os.RemoveAll(s.dir)
}

// address is that of a database, as its owner.
func (s *server) address(database string) string {
	return fmt.Sprintf("postgres:///%s?user=postgres&host=%s&port=%d", database, s.dir, s.port)
}

var databases atomic.Int32

// database makes a new database and returns its address.
func (s *server) database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", databases.Add(1))
	exec1(t, s.address("postgres"), "CREATE DATABASE "+name)
	return s.address(name)
}

// connect connects until the test ends.
func connect(t testing.TB, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func exec1(t testing.TB, address, sql string) {
	t.Helper()
	if _, err := connect(t, address).Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// query asks a question and returns its rows as texts.
func query(t testing.TB, conn *pgx.Conn, sql string, args ...any) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, v := range values {
			if v == nil {
				v = "-"
			}
			line = append(line, fmt.Sprint(v))
		}
		out = append(out, strings.Join(line, "|"))
	}
	if rows.Err() != nil {
		t.Fatalf("%s: %v", sql, rows.Err())
	}
	return out
}
