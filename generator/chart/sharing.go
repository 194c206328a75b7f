package chart

// Sharing is the plan of the deelwijzer: kinds of data against recipients, for who gives it, at which table, in which phase and
// about whom. What stands outside it: a danger that sets everything else aside, a law that lets somebody tell this one other,
// and talking so that nobody can be recognised.
var Sharing = Plan{
	Rows: "soort", Columns: "ontvanger",
	Frame: []string{"moment", "tafel", "gever", "over-wie"},
	Outside: map[string][]string{
		"gevaar":                {"nu-levensgevaar-of-ernstig-letsel"},
		"ontvanger-spreekrecht": {"veilig-thuis-vermoeden", "gi-lopende-ondertoezichtstelling", "wvggz-burgemeester-of-om", "rvdk-onderzoek"},
		"diepte":                {"anoniem"},
	},
}

// SharingDecision is the decision that the deelwijzer shows.
const SharingDecision = "delen"
