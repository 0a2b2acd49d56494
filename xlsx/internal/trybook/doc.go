// Package trybook makes workbooks, tables and packages for tests to try: templates and rounds, blank and filled-in
// workbooks, and zip packages with everything that can be wrong about them. Only tests import it.
package trybook
