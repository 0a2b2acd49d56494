package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// Outcome is what became of a message.
type Outcome string

// The outcomes.
const (
	// Begun: it was about to be handed over. Where nothing follows, nobody knows whether it was.
	Begun Outcome = "begun"
	// Sent: the server took it.
	Sent Outcome = "sent"
	// Refused: the server will not take it, now or later.
	Refused Outcome = "refused"
	// Postponed: the server would not take it for now.
	Postponed Outcome = "postponed"
	// Unsure: the connection broke after the message was handed over and before the server answered.
	Unsure Outcome = "unsure"
	// Placed: it lies as a draft in the mailbox, and a person sends it.
	Placed Outcome = "placed"
	// Withheld: it was not sent because its attachment is not the addressee's, or because it cannot be made.
	Withheld Outcome = "withheld"
)

// Parcel is a message as bytes, with the addresses it goes to.
type Parcel struct {
	// ID is the message's ID without angle brackets.
	ID   string
	From string
	To   []string
	Raw  []byte
	// International says that addresses in it need SMTPUTF8 (RFC 6531).
	International bool
}

// Delivery is what a server did with a parcel.
type Delivery struct {
	Outcome Outcome
	// Detail says why, in words, with what the server said.
	Detail string
	// Refused lists the addresses that the server would not take, with its reasons; the others got the message.
	Refused []string
	// Lost says that the connection broke.
	Lost bool
	// Again says, of one that is unsure, after which time a Settler can be asked what became of it; 0 for never.
	Again time.Duration
	// Handle is what the parcel is known by from now on, where that has changed; it is written down.
	Handle string
	// Stop ends the run when this is written down: what is wrong with the account, and not with the parcel.
	Stop error
	// full says that the server may take the message over a new connection.
	full bool
}

// Carrier takes parcels for delivery.
type Carrier interface {
	// Deliver hands one parcel over. It calls commit once, right before the point after which the parcel can
	// no longer be called back, and gives up if commit fails. handle is what the carrier will know the parcel by, where it
	// is a Settler. What concerns the parcel is in the Delivery; the error is for what concerns all of them, or is commit's
	// own.
	Deliver(ctx context.Context, p Parcel, commit func(handle string) error) (Delivery, error)
	Close() error
}

// Settler is a Carrier that can find out afterwards what became of a parcel. A message that it has a handle of is not
// unsure before it was asked.
type Settler interface {
	Carrier
	// Settle looks what became of a parcel that was begun. Postponed means that it was not sent and is not going to be, so
	// that it may be handed over again.
	Settle(ctx context.Context, begun Entry) (Delivery, error)
}

// Deliver hands one message to the server. commit is called right before the final line of the message: a server
// delivers nothing before that line (RFC 5321, 4.1.1.4), so that until then the message can be called back. There is no
// handle.
//
// Many servers take so many messages over one connection and refuse the next for now (OpenSMTPD takes 100): what
// is refused for now, before the message was handed over, by a connection that has carried messages is tried again
// over a new one.
func (s *Server) Deliver(ctx context.Context, p Parcel, commit func(handle string) error) (Delivery, error) {
	before := s.taken
	d, err := s.deliver(ctx, p, commit)
	if err == nil && d.full && before > 0 {
		s.leave()
		d, err = s.deliver(ctx, p, commit)
	}
	return d, err
}

func (s *Server) deliver(ctx context.Context, p Parcel, commit func(string) error) (Delivery, error) {
	if err := s.Connect(ctx); err != nil {
		return Delivery{}, err
	}
	if d, ok := s.tooMuch(p); ok {
		return d, nil
	}
	conn := s.conn
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	d, err := s.transact(ctx, p, func() error {
		if !stop() {
			return ctx.Err()
		}
		return commit("")
	})
	stop()
	if ctx.Err() != nil && d.Outcome != Sent && d.Outcome != Unsure && d.Outcome != Refused {
		s.drop()
		return Delivery{}, ctx.Err()
	}
	return d, err
}

// tooMuch finds what the server has said beforehand that it will not take.
func (s *Server) tooMuch(p Parcel) (Delivery, bool) {
	if ok, size := s.client.Extension("SIZE"); ok { // RFC 1870
		if limit, err := strconv.ParseInt(size, 10, 64); err == nil && limit > 0 && int64(len(p.Raw)) > limit {
			return Delivery{Outcome: Refused, Detail: fmt.Sprintf("the message has %s, and the server takes at most %s; send the workbook another way", megabytes(int64(len(p.Raw))), megabytes(limit))}, true
		}
	}
	if ok, _ := s.client.Extension("SMTPUTF8"); p.International && !ok {
		return Delivery{Outcome: Refused, Detail: "the server cannot send to an address with international characters before the @; ask the recipient for another address"}, true
	}
	return Delivery{}, false
}

func (s *Server) transact(ctx context.Context, p Parcel, commit func() error) (Delivery, error) {
	s.extend()
	// Asking for SMTPUTF8 without need would bounce messages at servers further on that lack it.
	s.client.SkipSMTPUTF8(!p.International)
	if err := s.conn.failure(s.client.Mail("<" + p.From + ">")); err != nil {
		return s.refusedSender(ctx, err)
	}
	var refused, reasons []string
	for _, to := range p.To {
		s.extend()
		err := s.conn.failure(s.client.Rcpt("<" + to + ">"))
		var reply *textproto.Error
		switch {
		case err == nil:
		case !errors.As(err, &reply):
			return s.lost("the server closed the connection before the message was handed over"), nil
		case reply.Code >= 400 && reply.Code < 500:
			d := Delivery{Outcome: Postponed, Detail: to + ": " + s.reason(reply), full: overTheNumber(reply)}
			s.reset(reply.Code)
			return d, nil
		default:
			refused = append(refused, to)
			reasons = append(reasons, to+": "+s.reason(reply))
		}
	}
	if len(refused) == len(p.To) {
		s.reset(0)
		return Delivery{Outcome: Refused, Detail: strings.Join(reasons, "; "), Refused: refused}, nil
	}
	s.extend()
	w, err := s.client.Data()
	if err = s.conn.failure(err); err != nil {
		return s.answered(err)
	}
	s.conn.step(mostOfAnswer, int64(len(p.Raw)))
	for rest := p.Raw; len(rest) > 0; {
		n := min(len(rest), 64<<10)
		if _, err := w.Write(rest[:n]); err != nil {
			return s.lost("the server closed the connection in the middle of the message"), nil
		}
		rest = rest[n:]
	}
	if err := commit(); err != nil {
		s.drop()
		return Delivery{}, err
	}
	// The longest wait of all: the server may be checking the message for viruses (RFC 5321, 4.5.3.2.6).
	s.conn.stepFor(10*s.timeout(), mostOfAnswer, 0)
	if err := s.conn.failure(w.Close()); err != nil {
		var reply *textproto.Error
		if !errors.As(err, &reply) {
			s.drop()
			return Delivery{Outcome: Unsure, Lost: true, Detail: "the connection broke after the message was handed over and before the server confirmed it"}, nil
		}
		return s.answered(err)
	}
	s.taken++
	return Delivery{Outcome: Sent, Refused: refused, Detail: strings.Join(reasons, "; ")}, nil
}

// answered is the delivery after the server said no to the message as a whole, and stays connected.
func (s *Server) answered(err error) (Delivery, error) {
	var reply *textproto.Error
	if !errors.As(err, &reply) {
		return s.lost("the server closed the connection before the message was handed over"), nil
	}
	d := Delivery{Outcome: Refused, Detail: s.reason(reply)}
	if reply.Code < 500 {
		d.Outcome = Postponed
	}
	s.reset(reply.Code)
	return d, nil
}

func (s *Server) refusedSender(ctx context.Context, err error) (Delivery, error) {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply):
		d := s.lost("the server closed the connection before the message was handed over")
		d.full = true
		return d, nil
	case reply.Code == 552 || reply.Code == 555 || reply.Code < 500: // the size, a parameter, or for now
		d, err := s.answered(err)
		d.full = reply.Code < 500
		return d, err
	}
	s.drop()
	return Delivery{}, s.explain(ctx, stepSender, err)
}

// overTheNumber says that an address was refused for the number that came before it: too many recipients (RFC
// 3463, X.5.3), or the server is leaving.
func overTheNumber(reply *textproto.Error) bool {
	return reply.Code == 421 || strings.HasSuffix(enhancedStatus(reply.Msg), ".5.3")
}

func (s *Server) lost(detail string) Delivery {
	s.drop()
	return Delivery{Outcome: Postponed, Detail: detail, Lost: true}
}

// reset makes the connection ready for the next message, or gives it up: 421 says that the server is leaving.
func (s *Server) reset(code int) {
	s.extend()
	if code == 421 || s.client.Reset() != nil {
		s.drop()
	}
}

func (s *Server) reason(reply *textproto.Error) string {
	return meaningOf(reply.Code, enhancedStatus(reply.Msg)) + " (the server said: " + without(saying(reply), s.User, s.password) + ")"
}

func megabytes(n int64) string {
	if n < 100_000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
