package diagram_test

import (
	"errors"
	"testing"

	"handvat/generator/diagram"
	"handvat/generator/model"
	"handvat/generator/tables/tablestest"
)

// TestEntangledDecision holds that a decision in which exceptions and limits rest on everything is given up, with what
// drives its size, as soon as a limit is reached; and that its verdicts are proved where a better order makes that
// possible.
func TestEntangledDecision(t *testing.T) {
	answers := func(limit int) func(*model.Model, *model.Decision) (*diagram.Diagram, error) {
		return func(m *model.Model, d *model.Decision) (*diagram.Diagram, error) {
			return diagram.BuildUpTo(m, d, limit)
		}
	}
	verdicts := func(limit int) func(*model.Model, *model.Decision) (*diagram.Diagram, error) {
		return func(m *model.Model, d *model.Decision) (*diagram.Diagram, error) {
			return diagram.BuildVerdicts(m, d, limit)
		}
	}
	for _, c := range []struct {
		rules  int
		build  func(*model.Model, *model.Decision) (*diagram.Diagram, error)
		proved bool
		limit  diagram.Limit
		most   int
	}{
		{12, answers(50_000), true, 0, 0},
		{20, answers(100_000), true, 0, 0},
		{20, answers(10_000), false, diagram.Nodes, 10_000},
		{120, answers(50_000), false, diagram.Nodes, 50_000},
		{1920, answers(5_000), false, diagram.Nodes, 5_000},
		{120, verdicts(100_000), true, 0, 0},
		{480, verdicts(diagram.MaxNodes), true, 0, 0},
		{480, verdicts(10_000), false, diagram.Steps, 330_000},
		{1920, verdicts(50), false, diagram.Nodes, 50},
	} {
		m := tablestest.Synthetic(c.rules, 24)
		d := m.Decisions[0]
		g, err := c.build(m, d)
		if c.proved {
			if err != nil || g.Situations().Sign() <= 0 {
				t.Errorf("%d rules up to %d: %v", c.rules, c.most, err)
			}
			continue
		}
		var large diagram.TooLarge
		if !errors.As(err, &large) || !errors.Is(err, diagram.ErrTooLarge) {
			t.Errorf("%d rules up to %d: %v", c.rules, c.most, err)
			continue
		}
		if large.Decision != d || large.Limit != c.limit || large.Most != c.most || len(large.Facts) != 3 || large.Rule == nil {
			t.Errorf("%d rules up to %d: %v, %+v", c.rules, c.most, err, large)
		}
	}
}

// BenchmarkEntangled measures what it takes to prove an entangled decision over 24 facts, or to give up on it: its
// answers, and its verdicts. nodes is the size, -1 where it is given up.
func BenchmarkEntangled(b *testing.B) {
	for _, c := range []struct {
		name  string
		rules int
	}{{"20-rules", 20}, {"30-rules", 30}, {"120-rules", 120}, {"480-rules", 480}, {"1920-rules", 1920}} {
		m := tablestest.Synthetic(c.rules, 24)
		for _, form := range []struct {
			name  string
			build func() (*diagram.Diagram, error)
		}{
			{"answers", func() (*diagram.Diagram, error) { return diagram.Build(m, m.Decisions[0]) }},
			{"verdicts", func() (*diagram.Diagram, error) {
				return diagram.BuildVerdicts(m, m.Decisions[0], diagram.MaxNodes)
			}},
		} {
			b.Run(c.name+"/"+form.name, func(b *testing.B) {
				b.ReportAllocs()
				nodes := -1
				for b.Loop() {
					if g, err := form.build(); err == nil {
						nodes = len(g.Nodes)
					}
				}
				b.ReportMetric(float64(nodes), "nodes")
			})
		}
	}
}
