package templates_test

import "strings"

// brokenTemplates are small mistakes as people make them, one each: what is replaced in which template, and
// what must be said about it. The ¶ marks where.
var brokenTemplates = []struct{ base, old, new, want string }{
	// The file.
	{byLevels, byLevels, "", "the file is empty; write the template or the settings into it"},
	{byLevels, byLevels, "¶# nothing but this\n", "the file holds only comments; write the template or the settings into it"},
	{byLevels, byLevels, "¶just a sentence\n", "the file is a single value; it must be a group of keys, such as id: …"},
	{byLevels, byLevels, "¶- id: x\n", "the file is a list; it must be a group of keys, such as id: …"},
	{byLevels, byLevels, "PK\x03\x04rest", "the file is not a YAML text file; give the YAML file, or import the template from this one"},
	{byLevels, byLevels, "\xff\xfei\x00d", "the file ends in the middle of a character: it was cut off; save it again"},
	{byLevels, `"Example County Office"`, "\"B¶\xfcro\"", "a character is not in the encoding UTF-8; save the file with the encoding UTF-8"},
	{byLevels, `"Nothing yet."`, "\"Nothing¶\x00 yet.\"", "there is an invisible control character (U+0000) here; delete it"},
	{byLevels, `"Nothing yet."`, "\"Nothing¶\u0085yet.\"", "there is an invisible control character (U+0085) here; delete it"},
	{byLevels, `"Name somebody."`, "\"Name somebody.\"\n¶---\nid: second", "a second document begins here; keep one document in a file, and remove the line ---"},
	{byLevels, `"Name somebody."`, `"` + strings.Repeat("x", 9<<20) + `"`, "the file is larger than 8 MB; check that it is the file you mean"},

	// Syntax.
	{byLevels, `publisher: "Example`, "¶publisher \"Example", "a colon is missing after the key; write the key, a colon, a space and the value"},
	{byLevels, "  method: mean", "¶\tmethod: mean", "a tab is used for indentation; use spaces instead"},
	{byLevels, `"Free to use"`, `Free¶: to use: all`, "a colon stands where none can be; put the text in double quotation marks if the colon belongs to it, or begin a new line for a new key"},
	{byLevels, `"Name somebody."`, `¶"Name somebody.`, "a quotation mark is opened and never closed; close it at the end of the text"},
	{byLevels, "\"As a rule.\"\nthemes:\n  - id: people\n    name: \"People\"", "\"As a rule.\nthemes:\n  - id: people\n    name: \"¶People\"", "this line does not fit the lines above: its indentation differs, or a text before it is not closed; indent it like the other keys of its group; put texts in double quotation marks, and write \\\" for such a mark within"},
	{byLevels, `"As a rule."`, `¶@ rule`, "a text cannot begin with this character (such as @, ` or %); put the text in double quotation marks"},
	{byLevels, `"As a rule."`, `"As a ¶\pule."`, "a backslash in double quotation marks is followed by a character that means nothing there; write two backslashes for one, or use single quotation marks"},
	{byLevels, `"As a rule."`, `¶[As a rule`, "a list in square brackets is not closed, or a comma is missing; close it with ], and put commas between the entries"},
	{byLevels, `"As a rule."`, `¶*rule`, "a text that begins with * is read as a reference to another place, which does not exist; put the text in double quotation marks"},
	{byLevels, `"As a rule."`, `¶&rule As a rule`, "anchors (&) and references (*) are not read here; write the value out, or put a text that begins with & or * in double quotation marks"},
	{byLevels, `"As a rule."`, `¶!rule As`, "a tag such as !rule is not read here; remove it, or put a text that begins with ! in double quotation marks"},
	{byLevels, "    meaning: \"As a rule.\"", "    meaning: \"As a \"¶rule\".\"", "this line does not fit the lines above: its indentation differs, or a text before it is not closed; indent it like the other keys of its group; put texts in double quotation marks, and write \\\" for such a mark within"},
	{byLevels, "    name: \"Usual\"\n", "   ¶name: \"Usual\"\n", "this line is not indented like the list that it stands in; indent it like the entries above, with a dash for a new entry"},
	{byLevels, "    name: \"Tools\"", "    ¶<<: {name: Tools}", "merging groups with << is not read here; write the keys out"},

	// Keys.
	{byLevels, "title: ", "¶titel: ", `unknown key "titel"; did you mean "title"?`},
	{byLevels, "    descriptors:\n      0: \"Nobody.\"", "    ¶descriptions:\n      0: \"Nobody.\"", `unknown key "descriptions"; did you mean "descriptors"?`},
	{byLevels, "    weight: 1.5", "    ¶importance: 1.5", `unknown key "importance"; known are: ref, topic, theme, kind, subject, statement, weight, descriptors, options, applies_to, next_steps`},
	{byLevels, "language: en-GB", "¶Language: en-GB", `unknown key "Language"; did you mean "language"?`},
	{byLevels, "id: school-data\n", "¶", `the key "id" is missing; add it, with its value`},
	{byLevels, "scoring:\n  method: mean\n", "scoring:\n  ¶mean: all-criteria\n", `the key "method" is missing; add it, with its value`},
	{byLevels, "  - number: 1\n    name:", "  - ¶name:", `the key "number" is missing; add it, with its value`},
	{byLevels, "language: en-GB\n", "language: en-GB\n¶version: \"4\"\n", `the key "version" stands here a second time; keep this one or the one in line 2`},
	{byLevels, "      1: \"One person.\"", "      1: \"One person.\"\n      ¶1: \"Two.\"", `the key "1" stands here a second time; keep this one or the one in line 42`},
	{byLevels, "      1: \"One person.\"", "      ¶one: \"One person.\"", `the key "one" of descriptors is not a whole number; write a level's number, such as 1`},
	{byLevels, "      1: \"One person.\"", "      ¶[1]: \"One person.\"", `a key must be a plain word; write the key as one word, followed by a colon`},

	// Kinds of values.
	{byLevels, "  - number: 1\n", "  - number: ¶one\n", `number is "one", not a whole number; write a whole number such as 3`},
	{byLevels, "  - number: 1\n", "  - number: ¶\"1\"\n", `number is "1", not a whole number; remove the quotation marks`},
	{byLevels, "  - number: 1\n", "  - number: ¶1.0\n", `number is "1.0", not a whole number; write a whole number such as 3`},
	{byLevels, "weight: 1.5", "weight: ¶1,5", `weight is "1,5", not a number; write it with a point: 1.5`},
	{byLevels, "weight: 1.5", "weight: ¶.inf", `weight is ".inf", not a number; write a number such as 2 or 0.5`},
	{byLevels, "  not_applicable: true", "  not_applicable: ¶yes", `not_applicable is "yes"; write true or false, without quotation marks`},
	{byLevels, "    from_level: 2", "    from_level:¶", `from_level has no value; give a whole number, or remove the key`},
	{byLevels, "    name: \"Absent\"", "    name: ¶null", `name is null without quotation marks, which YAML reads as nothing; write "null" for the text, or remove the key`},
	{byLevels, "    name: \"Absent\"", "    name:\n      ¶- Absent", `name is a list; it must be a text`},
	{byLevels, "scoring:\n  method: mean", "scoring: ¶mean", `scoring is a single value; it must be a group of keys, such as method: …`},
	{byLevels, "advice:\n  - ref: \"A1\"\n    level: 0\n    text: \"Name somebody.\"", "advice:\n  ¶ref: \"A1\"", `advice is a group of keys; it must be a list, each entry on a line of its own that begins with a dash`},
	{byLevels, "  - id: \"2\"\n", "  -¶\n  - id: \"2\"\n", `an entry of topics is empty; fill it in or remove the dash`},

	// Rules of single values.
	{byLevels, "id: school-data", "id: ¶School Data", `id is "School Data"; use lower-case letters, digits and single hyphens between them, such as our-model-2`},
	{byLevels, `title: "How our schools handle data"`, `title: ¶""`, `title is empty; fill it in`},
	{byLevels, `title: "How our schools handle data"`, `title: ¶"   "`, `title holds only spaces; fill it in or remove it`},
	{byLevels, `title: "How our schools handle data"`, `title: ¶"How our\nschools"`, `title holds a line break or a tab; write it in one line`},
	{byLevels, `title: "How our schools handle data"`, `title: ¶"How\x07 our schools"`, `title holds the invisible control character U+0007; remove it`},
	{byLevels, `title: "How our schools handle data"`, "title: ¶" + strings.Repeat("é", 121), `title has 121 characters; it must have at most 120`},
	{byLevels, "language: en-GB", "language: ¶English", `language is "English", not a language tag; write one such as en-GB, cy or es-US`},
	{byLevels, "method: mean", "method: ¶stagd", `method is "stagd"; did you mean "staged"?`},
	{byLevels, "method: mean", "method: ¶magic", `method is "magic"; it must be one of: profile, mean, weakest, staged, cumulative`},
	{byLevels, "- id: people", "- id: ¶our people", `id is "our people"; use letters, digits, points, underscores and hyphens, beginning with a letter or a digit`},
	{byLevels, "weight: 1.5", "weight: ¶-1", `weight is -1; it must be at least 0`},
	{byLevels, "    from_level: 2", "    from_level: ¶11", `from_level is 11; it must be at most 10`},
	{byStatements, "  - ref: \"L1-CP-01\"\n    topic: L1\n    theme: CP\n    kind: statement\n    subject: \"A plan\"\n    statement: \"There is a plan.\"\n",
		"  - ¶ref: \"L1-CP-01\"\n    topic: L1\n    theme: CP\n    kind: statement\n    subject: \"A plan\"\n", `statement is missing or empty; it must be given together with kind`},

	// Levels.
	{byLevels, "  - number: 1\n", "  - number: ¶3\n", `level 3 follows level 0; number the levels upwards without gaps; the next is 1`},
	{byLevels, "  - number: 0\n    name: \"Absent\"\n    meaning: \"Nothing yet.\"\n  - number: 1", "  - number: ¶2", "the first level has the number 2; begin the scale at 0 or 1"},
	{byLevels, `name: "Partial"`, `name: ¶"absent"`, `the level name "absent" is used a second time; each must be used once, also regardless of capital letters; the first is in line 16`},
	{byStatements, "levels:\n  - number: 1\n    name: \"First\"\n    meaning: \"The start.\"\n  - number: 2\n    name: \"Second\"\n    meaning: \"The end.\"\n",
		"levels:\n  ¶- number: 1\n    name: \"First\"\n    meaning: \"The start.\"\n", "levels has 1 entry; there must be at least 2"},

	// Topics, themes, refs.
	{byLevels, "    theme: tools", "    theme: ¶tool", `there is no theme "tool"; did you mean "tools"?`},
	{byLevels, "    topic: \"2\"", "    topic: ¶\"20\"", `there is no topic "20"; did you mean "2"?`},
	{byStatements, "    topic: L2", "    topic: ¶Level2", `there is no topic "Level2"; known are: L1, L2`},
	{byLevels, "    name: \"Sharing\"", "    name: \"Sharing\"\n  - id: ¶\"3\"\n    name: \"Deleting\"", `no criterion belongs to the topic "3"; give it a criterion, or remove it`},
	{byLevels, "    name: \"Tools\"", "    name: \"Tools\"\n  - id: ¶law\n    name: \"Law\"", `no criterion belongs to the theme "law"; give it a criterion, or remove it`},
	{byLevels, "    name: \"Tools\"", "    name: ¶\"people\"", `the theme name "people" is used a second time; each must be used once, also regardless of capital letters; the first is in line 26`},
	{byLevels, `ref: "1.10"`, `ref: ¶"1.1"`, `the ref "1.1" is used a second time; each must be used once, also regardless of capital letters; the first is in line 35`},
	{byStatements, `ref: "L2-KC-01"`, `ref: ¶"l1-cp-01"`, `the ref "l1-cp-01" is used a second time; each must be used once, also regardless of capital letters; the first is in line 37`},
	{byLevels, `subject: "Who gets it"`, `subject: ¶"Who  collects"`, `the subject "Who  collects" is used a second time; each must be used once, also regardless of capital letters; the first is in line 38`},
	{byLevels, `  - ref: "A1"`, `  - ref: ¶"2.1"`, `the ref "2.1" is used a second time; each must be used once, also regardless of capital letters; the first is in line 52`},

	// Descriptors and kinds.
	{byLevels, "  - ref: \"2.1\"\n    topic: \"2\"\n    subject: \"Who gets it\"\n    descriptors:\n      0: \"Nobody.\"\n      1: \"Those who ask.\"\n      2: \"All who need it.\"\n",
		"  - ¶ref: \"2.1\"\n    topic: \"2\"\n    subject: \"Who gets it\"\n", `criterion 2.1 has no descriptors; add descriptors, one for each level, or a statement`},
	{byLevels, "    descriptors:\n      0: \"Nobody.\"\n      1: \"Those who ask.\"\n", "    ¶descriptors:\n      0: \"Nobody.\"\n", `criterion 2.1 has no descriptor for level 1; add what the level looks like`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n      ¶3: \"More.\"", `there is no level 3; the levels are 0 to 2`},
	{byLevels, "      2: \"All who need it.\"", "      2: ¶\"Those who ask.\"", `levels 1 and 2 have the same descriptor; say what tells them apart`},
	{byLevels, "      2: \"All who need it.\"", "      2: ¶\"\"", `an entry of descriptors is empty; fill it in`},
	{byStatements, "    statement: \"The plan is kept.\"", "    statement: \"The plan is kept.\"\n    ¶descriptors: {1: \"a\"}", `a statement has descriptors; remove them, or remove kind and statement if the criterion is answered with a level`},
	{byStatements, "  - ref: \"L1-KC-01\"\n    topic: L1\n    theme: KC\n    kind: symptom\n", "  - ¶ref: \"L1-KC-01\"\n    topic: L1\n    theme: KC\n",
		`criterion L1-KC-01 is answered with a level, but the method staged rates statements; give it kind: statement and a statement, or choose another method`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    ¶statement: \"It is known.\"",
		`there are a statement and descriptors; remove the descriptors where the levels mean the same for every criterion, or else the statement; for a statement that is rated add kind: statement (or kind: symptom)`},
	{byStatements, "    kind: symptom", "    kind: ¶symptoms", `kind is "symptoms"; did you mean "symptom"?`},

	// Weights.
	{byLevels, "weight: 1.5", "weight: ¶0", `weight is 0; write a weight above 0, or remove the key for the weight 1`},
	{byLevels, "weight: 1.5", "weight: ¶0.3333", `weight is 0.3333, which has more than three decimals; round it, such as to 0.333`},
	{byStatements, "    statement: \"There is no order.\"", "    statement: \"There is no order.\"\n    weight: ¶2", `a symptom has a weight, but is not scored; remove the weight`},

	// Methods.
	{byLevels, "  method: mean", "  method: weakest\n  ¶mean: all-criteria", `the key "mean" belongs to the method mean only; remove it, or write method: mean`},
	{byLevels, "    name: \"Tools\"", "    name: \"Tools\"\n    ¶gates_next_level: true", `gates_next_level belongs to the method staged only; remove it, or write method: staged under scoring`},
	{byStatements, "  - id: L2\n    name: \"Level 2\"\n    level: 2\n", "  - ¶id: L2\n    name: \"Level 2\"\n", `topic "L2" has no level, which the method staged needs; add level: and the number of the level whose sections it holds`},
	{byStatements, "  - number: 2\n    name: \"Second\"\n    meaning: \"The end.\"\n", "  - number: 2\n    name: \"Second\"\n    meaning: \"The end.\"\n  - number: ¶3\n    name: \"Third\"\n    meaning: \"Beyond.\"\n",
		`no statement has to be in place for level 3; add a topic with this level and statements, or remove the level`},
	{byStatements, "    level: 2\n", "    level: ¶5\n", `there is no level 5; the levels are 1 to 2`},
	{byStatements, "ref: \"L2-KC-01\"\n    topic: L2\n    theme: KC\n    kind: statement\n    subject: \"Order\"\n    statement: \"The plan is kept.\"",
		"¶ref: \"L2-KC-01\"\n    topic: L2\n    theme: KC\n    subject: \"Order\"\n    descriptors: {1: a, 2: b}",
		`criterion L2-KC-01 is answered with a level, but the method staged rates statements; give it kind: statement and a statement, or choose another method`},

	{byLevels, "ref: \"2.1\"\n    topic: \"2\"\n    subject: \"Who gets it\"\n    descriptors:\n      0: \"Nobody.\"\n      1: \"Those who ask.\"\n      2: \"All who need it.\"",
		"¶ref: \"2.1\"\n    topic: \"2\"\n    subject: \"Who gets it\"\n    kind: statement\n    statement: \"All who need it get it.\"",
		`criterion 2.1 is answered on another scale than criterion 1.1; the method mean needs all scored criteria on one scale: all with levels, or all with statements`},

	// Advice and answers.
	{byLevels, "    level: 0\n    text:", "    level: ¶4\n    text:", `there is no level 4; the levels are 0 to 2`},
	{byLevels, "    from_level: 2", "    from_level: ¶3", `from_level is 3, but no answer is higher than 2; write a number up to 2, or remove the key`},
	{byLevels, "  not_applicable: true\n  comment_required:\n    from_level: 2", "  evidence_required:\n    not_applicable: ¶true", `evidence_required asks for a text with "Not applicable", which cannot be chosen; add not_applicable: true under answers, or remove this key`},

	// Further methods.
	{byLevels, "  method: mean\n", "  method: mean\n  also: [weakest, ¶mean]\n", `mean is the method already; list only further methods, or remove it`},
	{byLevels, "  method: mean\n", "  method: mean\n  also: ¶[weakest, weakest]\n", `also holds an entry twice; remove one of the two`},
	{byLevels, "  method: mean\n", "  method: mean\n  also: [¶weekest]\n", `an entry of also is "weekest"; did you mean "weakest"?`},
	{byLevels, "  method: mean\n", "  method: mean\n  ¶gates: above-lowest\n", `the key "gates" belongs to the method staged only; remove it, or write method: staged`},
	{byStatements, "  method: staged\n", "  method: staged\n  gates: ¶above-lowst\n", `gates is "above-lowst"; did you mean "above-lowest"?`},
	{byStatements, "title: ", "contradictions:\n  - if: {ref: \"L1-KC-01\", from: 1}\n    and: {ref: ¶\"L1-CP-02\", from: 3}\ntitle: ", `there is no criterion "L1-CP-02"; did you mean "L1-CP-01"?`},
	{byStatements, "title: ", "contradictions:\n  - if: {ref: \"L1-KC-01\", from: 1}\n    and: ¶{ref: \"L1-CP-01\", from: 4}\ntitle: ", `no answer to criterion L1-CP-01 lies within these bounds; its answers have the numbers 0 to 3`},
	{byStatements, "title: ", "contradictions:\n  - if: ¶{ref: \"L1-KC-01\"}\n    and: {ref: \"L1-CP-01\", from: 3}\ntitle: ", `neither from nor to says which answers are meant; add from, to, or both, with numbers of the criterion's scale`},
	{byStatements, "title: ", "contradictions:\n  - if: {ref: \"L1-CP-01\", to: 0}\n    and: {ref: ¶\"L1-CP-01\", from: 3}\ntitle: ", `criterion L1-CP-01 is set against itself; name the criterion whose answer it contradicts`},
	{byStatements, "  method: staged\n", "  method: staged\n  ¶mean: all-criteria\n  also: [weakest]\n", `the key "mean" belongs to the method mean only; remove it, or write method: mean`},

	// Wording of choices and next steps.
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    options:\n      ¶3: \"Always\"", `there is no level 3; the levels are 0 to 2`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    options:\n      2: ¶\"partial\"", `two choices of criterion 2.1 are worded "partial"; word each choice differently, also from the names of the levels that keep theirs`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    options:\n      2: ¶\"\"", `an entry of options is empty; fill it in`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    options: ¶[a, b]", `options is a list; it must be a group of keys, such as 1: …`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    next_steps:\n      ¶5: \"Rest.\"", `there is no level 5; the levels are 0 to 2`},
	{byStatements, "    statement: \"The plan is kept.\"", "    statement: \"The plan is kept.\"\n    next_steps: {¶4: \"Rest.\"}", `a statement has no choice with the number 4; its choices are 0 (Not in place), 1 (Partially in place), 2 (Largely in place), 3 (Fully in place)`},

	// Criteria that apply to some.
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    applies_to: ¶\"primary\"", `applies_to is a single value; it must be a group of keys, such as name: …`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    applies_to: {type: ¶primary}", `type is a single value; it must be a list, each entry on a line of its own that begins with a dash`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    applies_to: {type: ¶[]}", `an entry of applies_to has no entries; there must be at least 1`},
	{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    applies_to: {type: ¶[a, a]}", `an entry of applies_to holds an entry twice; remove one of the two`},

	// Targets for everyone.
	{byLevels, "  not_applicable: true\n", "  not_applicable: true\n  target: ¶3\n", `target is 3, which criterion 1.1 cannot be answered with; write a number from 0 to 2`},
	{byLevels, "    name: \"Sharing\"", "    name: \"Sharing\"\n    target: ¶4", `target is 4, which criterion 2.1 cannot be answered with; write a number from 0 to 2`},

	// Questions.
	{byLevels, "advice:\n", "questions:\n  - ¶id: staff\n    text: \"How many staff?\"\nadvice:\n", `the key "type" is missing; add it, with its value`},
	{byLevels, "advice:\n", "questions:\n  - {id: staff, text: \"How many staff?\", type: ¶numbr}\nadvice:\n", `type is "numbr"; did you mean "number"?`},
	{byLevels, "advice:\n", "questions:\n  - {id: ¶the staff, text: \"How many staff?\", type: number}\nadvice:\n", `id is "the staff"; use letters, digits, points, underscores and hyphens, beginning with a letter or a digit`},
	{byLevels, "advice:\n", "questions:\n  - ¶{id: tool, text: \"Which tool?\", type: choice}\nadvice:\n", `question tool is a choice without options; add options, or write another type: text, number or date`},
	{byLevels, "advice:\n", "questions:\n  - {id: tool, text: \"Which tool?\", type: choice, options: ¶[one]}\nadvice:\n", `there is one option to choose from; add another`},
	{byLevels, "advice:\n", "questions:\n  - {id: tool, text: \"Which tool?\", type: choice, options: [one, ¶One]}\nadvice:\n", `the option "One" is used a second time; each must be used once, also regardless of capital letters; the first is in line 60`},
	{byLevels, "advice:\n", "questions:\n  - {id: tool, text: \"Which tool?\", type: text, ¶options: [one, two]}\nadvice:\n", `a question of the type text has options; remove them, or write type: choice`},
	{byLevels, "advice:\n", "questions:\n  - {id: tool, text: \"Which tool?\", type: text}\n  - {id: ¶Tool, text: \"Since when?\", type: date}\nadvice:\n", `the question id "Tool" is used a second time; each must be used once, also regardless of capital letters; the first is in line 60`},
	{byLevels, "advice:\n", "questions:\n  - {id: tool, text: ¶\"Which\\ntool?\", type: text}\nadvice:\n", `text holds a line break or a tab; write it in one line`},
}
