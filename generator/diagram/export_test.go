package diagram

// BuildVerdictsFrom is BuildVerdicts with another number of nodes from which the order is made better.
var BuildVerdictsFrom = buildVerdicts
