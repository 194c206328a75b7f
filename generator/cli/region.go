package cli

import (
	"flag"
	"fmt"
	"slices"

	"handvat/generator/build"
	"handvat/generator/diag"
	"handvat/generator/model"
	"handvat/generator/verify"
)

// regionFlags are those of a command that answers as JSON, and as in a region.
func regionFlags(flags *flag.FlagSet, in *invocation) {
	jsonFlag(flags, in)
	flags.StringVar(&in.region, "regio", "", "volg de uitgave van deze regio, zoals delft; wat zij niet verandert, is als landelijk")
}

// A version is the decisions as they are nationally, or as in a region.
type version struct {
	region  string // its name, "" nationally
	checked *build.Checked
	proofs  []*verify.Proof
	models  []*model.Model // per proof that of its decision
}

// national gives the decisions as they are nationally.
func national(c *build.Checked) version {
	out := version{checked: c, proofs: slices.Clone(c.Proofs)}
	for range c.Proofs {
		out.models = append(out.models, c.Model)
	}
	return out
}

// version gives the national decisions, or those of the region that the command names.
func (in *invocation) version(c *build.Checked) (version, error) {
	out := national(c)
	if in.region == "" {
		return out, nil
	}
	var ids []string
	for _, e := range c.Editions {
		ids = append(ids, e.Region.ID)
		if e.Region.ID != in.region {
			continue
		}
		out.region = e.Region.Name
		for i, t := range e.Touched {
			at := slices.IndexFunc(c.Proofs, func(p *verify.Proof) bool { return p.Decision == t.National })
			out.proofs[at], out.models[at] = e.Proofs[i], e.Model
		}
		return out, nil
	}
	return version{}, usageError{fmt.Sprintf("er is geen regio %q met eigen regels%s", in.region, diag.Suggest(in.region, ids))}
}

// proof finds the proof of a decision by id, and the model it is of.
func (v version) proof(id string) (*verify.Proof, *model.Model, error) {
	var ids []string
	for i, p := range v.proofs {
		if p.Decision.ID == id {
			return p, v.models[i], nil
		}
		ids = append(ids, p.Decision.ID)
	}
	return nil, nil, usageError{fmt.Sprintf("er is geen beslissing %q%s", id, diag.Suggest(id, ids))}
}

// checkedVersion reads and proves the project, and gives the decisions as the command wants them.
func (in *invocation) checkedVersion() (version, error) {
	root, err := in.root()
	if err != nil {
		return version{}, err
	}
	c, err := in.checked(root)
	if err != nil {
		return version{}, err
	}
	return in.version(c)
}

// sayRegion says for people whose decisions follow.
func (in *invocation) sayRegion(name string) {
	if name != "" && !in.json {
		fmt.Fprintf(in.stdout, "Zoals in de regio %s.\n", name)
	}
}
