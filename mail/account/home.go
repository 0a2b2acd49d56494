package account

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models/settings"
)

// File is the file in the user's configuration folder that has the account for all rounds that name none.
const File = "mail.yaml"

// Home is the user's configuration folder of the program.
func Home() (string, error) {
	if dir := os.Getenv("RUBRIC_DESK_HOME"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &fault.Error{Message: "the folder for a user's settings is not known", Remedy: "say with HOME, on Windows with APPDATA, where the user's folder is", Err: err}
	}
	return filepath.Join(dir, "rubric"), nil
}

// forAll is what the file says.
type forAll struct {
	Account settings.Account `yaml:"account"`
}

// ReadFor is the account in the user's configuration folder; its Provider is "" where there is none.
func ReadFor(home string) (settings.Account, error) {
	path := filepath.Join(home, File)
	b, err := disk.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return settings.Account{}, nil
	}
	if err != nil {
		return settings.Account{}, cannot("read", err)
	}
	var x forAll
	doc := strictyaml.Parse(path, b)
	doc.Into(&x)
	return x.Account, doc.Err()
}

// WriteFor keeps an account for all rounds that name none.
func WriteFor(home string, a settings.Account) error {
	b, err := yaml.Marshal(forAll{a})
	if err == nil {
		err = replace(filepath.Join(home, File), b)
	}
	if err != nil {
		return cannot("kept", err)
	}
	return nil
}
