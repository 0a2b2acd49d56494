package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
)

func newLoadCmd(app *App) *cobra.Command {
	var earlier office.Earlier
	c := &cobra.Command{
		Use:   "load postgres://USER@HOST/DATABASE",
		Short: "Put the round into a PostgreSQL database of many rounds",
		Long: `load puts the round's tables into the schema rubric of a database, beside those of other rounds, with
views for the common questions. What it holds of this round is replaced, in one transaction; whoever reads sees the
old round until the new one is whole. The address, TLS, PGHOST and the like are as psql takes them. A password belongs
into the file ~/.pgpass (or that of PGPASSFILE), where no list of running programs shows it.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one database, as postgres://USER@HOST/DATABASE")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLoad(cmd.Context(), app, args[0], earlier)
		},
	}
	baselineFlags(c, &earlier)
	return c
}

func runLoad(ctx context.Context, app *App, address string, earlier office.Earlier) error {
	f, err := app.office().Open(app.Dir)
	if err != nil {
		return err
	}
	out, notes, err := app.office().Load(ctx, f, address, earlier)
	app.note(notes)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(out)
	}
	what := "is loaded"
	if out.Replaced {
		what = "is loaded anew"
	}
	app.printf("Round %s %s into the database %s: %s, %s.\n", out.Round, what, out.Database,
		text.Count(int(out.Rows["recipients"]), "recipient", "recipients"), text.Count(int(out.Rows["answers"]), "answer", "answers"))
	return nil
}
