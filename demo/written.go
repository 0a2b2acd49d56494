package demo

import "strings"

// written is what respondents write in a language: the same number of texts in each, so that a seed gives the same round.
type written struct {
	evidence, comments []string
	// shared is the comment beside "not applicable".
	shared string
	// answers are to questions of the type text, by the question's id.
	answers map[string][]string
	// level and more are how a level is written by hand, before and behind its code.
	level, more string
	// name, role and signed are of the respondent.
	name, role, signed string
}

// saysIn is what respondents write who got their workbook in a language; English where nothing is made up in it.
func saysIn(language string) *written {
	if base, _, _ := strings.Cut(language, "-"); strings.EqualFold(base, "es") {
		return &spanish
	}
	return &english
}

var english = written{
	evidence: []string{
		"Policy approved by the board last spring; see the document library.",
		"Register kept by the data team, reviewed each quarter.",
		"Minutes of the data governance group, January to March.",
		"Staff handbook, section on records.",
		"Dashboard used in the weekly leadership meeting.",
		"Training log for this year.",
	},
	comments: []string{
		"We expect to move up once the new system is live.",
		"This differs between our sites; the answer is for the majority.",
		"Agreed in a workshop with all team leads.",
		"Good in one department, the others have only begun.\nA plan is in place for next year.",
		"Discussed at length: nearer to the lower level for now.",
		"We lost two people this year, so this has slipped.",
	},
	shared: "Done for us by the shared service centre.",
	answers: map[string][]string{
		"scope":     {"All of it.", "The central departments only.", "Everything but one program that joined this year."},
		"took-part": {"Head of data, two analysts, a service manager.", "Data coordinator, IT lead, deputy chief.", "The data group, six people from four departments."},
	},
	level: "Level ", more: " or more",
	name: "Head of Data", role: "Head of Data and Assessment", signed: "Chief Executive",
}

var spanish = written{
	evidence: []string{
		"Política aprobada por el consejo la primavera pasada; véase la biblioteca de documentos.",
		"Registro que lleva el equipo de datos, revisado cada trimestre.",
		"Actas del grupo de gobierno de datos, de enero a marzo.",
		"Manual del personal, apartado de archivos.",
		"Cuadro de mando de la reunión semanal de dirección.",
		"Registro de formación de este año.",
	},
	comments: []string{
		"Esperamos subir cuando el nuevo sistema esté en marcha.",
		"Varía entre nuestras sedes; la respuesta vale para la mayoría.",
		"Acordado en un taller con todos los jefes de equipo.",
		"Bien en un departamento; los demás acaban de empezar.\nHay un plan para el año que viene.",
		"Muy debatido: por ahora, más cerca del nivel inferior.",
		"Este año perdimos a dos personas y esto se ha retrasado.",
	},
	shared: "Lo hace por nosotros el centro de servicios compartidos.",
	answers: map[string][]string{
		"scope":     {"Toda.", "Solo los departamentos centrales.", "Todo salvo un programa que se incorporó este año."},
		"took-part": {"Responsable de datos, dos analistas y un jefe de servicio.", "Coordinación de datos, informática y subdirección.", "El grupo de datos, seis personas de cuatro departamentos."},
	},
	level: "Nivel ", more: " o más",
	name: "Responsable de datos", role: "Responsable de datos y evaluación", signed: "Dirección general",
}
