package cmd

import (
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// printReport says what became of the messages; those that did not go out are named, with what to do.
func (app *App) printReport(f *office.Folder, r post.Report) error {
	if app.JSON {
		return app.printJSON(r)
	}
	if len(r.Placed) == 0 || len(r.Sent)+len(r.Already) > 0 {
		app.printf("%s sent now, %d before.\n", text.Count(len(r.Sent), "message", "messages"), len(r.Already))
	}
	if n := len(r.Placed); n > 0 {
		app.printf("%s in the mailbox's folder of drafts. Look at them there, select all and send; 'rubric status --sent' sees later what has gone.\n", text.Count(n, "message lies", "messages lie"))
	}
	names := map[string]string{}
	for _, rc := range f.Recipients {
		names[rc.ID] = rc.Name
	}
	for _, part := range []struct {
		title string
		list  []post.Entry
	}{
		{"Refused for good. Correct the address in recipients.csv and send again:", r.Refused},
		{"Not taken for now. Send again later:", r.Postponed},
		{"Not sent, because the attachment is not right:", r.Withheld},
		{"Unsure: nobody can know whether these arrived. Ask the recipient, or send again with --resend ID:", r.Unsure},
	} {
		if len(part.list) == 0 {
			continue
		}
		app.printf("\n%s\n", part.title)
		for i, e := range part.list {
			app.printf("  %s %s: %s\n", plain(e.Recipient), plain(names[e.Recipient]), plain(e.Detail))
			if step := nextStep(e.Do, app.Dir); step != "" && (i == len(part.list)-1 || step != nextStep(part.list[i+1].Do, app.Dir)) {
				app.printf("  %s\n", step)
			}
		}
	}
	for _, e := range r.Sent {
		if len(e.Refused) > 0 {
			app.printf("\n%s %s has the message, but not at every address: %s\n", plain(e.Recipient), plain(names[e.Recipient]), plain(e.Detail))
		}
	}
	if len(r.Left) > 0 {
		app.printf("\n%s left; run the command again to go on.\n", text.Count(len(r.Left), "recipient", "recipients"))
	}
	return nil
}
