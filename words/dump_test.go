package words_test

import (
	"fmt"
	"github.com/rubric-project/rubric/models"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	var b strings.Builder
	all := map[string]string{}
	for _, f := range saying {
		for k, v := range textsIn(t, f) {
			all[k] = v
		}
	}
	for _, c := range models.Catalogue() {
		if _, ok := all[c.Remedy]; !ok {
			all[c.Remedy] = "catalogue " + string(c.Code)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(all), func(a, b string) int { return strings.Compare(all[a], all[b]) }) {
		fmt.Fprintf(&b, "%s\t%s\n", all[k], k)
	}
	var c strings.Builder
 all2:=map[string]string{}
 for _,f:=range writing { for k,v:=range textsIn(t,f){ all2[k]=v } }
 for _,k:=range slices.SortedFunc(maps.Keys(all2),func(a,b string)int{return strings.Compare(all2[a],all2[b])}){ fmt.Fprintf(&c,"%s\t%s\n",all2[k],k)}
 os.WriteFile("/tmp/h18/found2.tsv",[]byte(c.String()),0o644)
 os.WriteFile("/tmp/h18/found.tsv", []byte(b.String()), 0o644)
}
