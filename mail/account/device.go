package account

import (
	"context"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
)

// OnDevice signs in with a code that a person types into a browser, on this device or another (RFC 8628). tell is given the
// address to go to and the code.
func (s *SignIn) OnDevice(ctx context.Context, tell func(address, code string)) (Signed, error) {
	if err := s.prepare(); err != nil {
		return Signed{}, err
	}
	if s.endpoints().Device == "" {
		return Signed{}, &fault.Error{Usage: true, Message: name(s.Account.Provider) + " lets nobody sign in to mail with a code on another device", Remedy: "sign in with the browser of this computer"}
	}
	ctx, cancel := context.WithTimeout(s.context(ctx), 20*time.Minute)
	defer cancel()
	config := s.config("")
	asked, err := config.DeviceAuth(ctx)
	if err != nil {
		return Signed{}, explain(ctx, err)
	}
	tell(text.OneLine(asked.VerificationURI), text.OneLine(asked.UserCode))
	token, err := config.DeviceAccessToken(ctx, asked)
	if err != nil {
		return Signed{}, explain(ctx, err)
	}
	return s.keep(ctx, token)
}
