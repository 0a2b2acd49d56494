package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// setting is the world that the recipients of a template live in.
type setting struct {
	title, organiser string
	groups           []string
	patterns         []pattern
	places           []string
	regions          []string
}

// pattern is a kind of organisation: its name has the place where %s stands.
type pattern struct {
	kind, name string
	share      int
}

var districts = setting{
	title:     "Data Management Self-Assessment",
	organiser: "Example County Office of Education",
	groups:    []string{"region", "type"},
	patterns: []pattern{
		{"Unified", "Example %s Unified School District", 5},
		{"Elementary", "Example %s Elementary School District", 4},
		{"High", "Example %s Joint Union High School District", 2},
		{"County office", "Example %s County Office of Education", 1},
	},
	places: []string{"Redwood Flat", "Salt Creek", "Poppy Hill", "Long Valley", "Cañada Larga", "Pelican Bay", "Granite Fork", "Live Oak Mesa",
		"Sierra Vista", "Quail Run", "Mission Grade", "Alder Springs", "Dry Lake", "Two Rivers", "Manzanita", "Sutter Bend", "Coyote Wells", "Fog Point"},
	regions: []string{"Central Valley", "Coast", "Inland", "North"},
}

var departments = setting{
	title:     "Data Maturity Assessment",
	organiser: "Example Central Data Office",
	groups:    []string{"sector", "size"},
	patterns: []pattern{
		{"Large", "Example Department for %s", 4},
		{"Medium", "Example %s Agency", 5},
		{"Small", "Example Office of %s", 4},
	},
	places: []string{"Canals", "Lighthouses", "Orchards", "Footpaths", "Weather Records", "Libraries", "Ferries", "Allotments", "Museums",
		"Tide Tables", "Bridges", "Archives", "Forests", "Maps", "Seed Banks", "Village Halls", "Cycleways", "Observatories"},
	regions: []string{"Culture", "Environment", "Transport"},
}

func settingFor(t *models.Template) setting {
	if strings.HasSuffix(t.Language, "-US") {
		return districts
	}
	return departments
}

// invent makes n recipients with ids that keep leading zeros, as real codes do.
func (s setting) invent(n int, rng *rand.Rand) []models.Recipient {
	out := make([]models.Recipient, 0, n)
	var deck []pattern
	for _, p := range s.patterns {
		for range p.share {
			deck = append(deck, p)
		}
	}
	for i := range n {
		p := deck[rng.IntN(len(deck))]
		place := s.places[i%len(s.places)]
		if round := i / len(s.places); round > 0 {
			place = fmt.Sprintf("%s %d", place, round+1)
		}
		id := fmt.Sprintf("%05d", 1037+i*7)
		out = append(out, models.Recipient{
			ID: id, Name: fmt.Sprintf(p.name, place), Contact: "Head of Data",
			Email:  fmt.Sprintf("data-%s@example.org", id),
			Groups: map[string]string{s.groups[0]: s.regions[rng.IntN(len(s.regions))], s.groups[1]: p.kind},
		})
	}
	return out
}
