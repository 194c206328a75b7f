package wasm

import "handvat/generator/tables"

// The locals of the function that runs a stage.
const (
	localStage    = iota // parameter
	localOutput          // parameter
	localSize            // number of values of the target
	localRows            // rows from the word that is being made
	localPossible        // address of the possible rows
	localAt              // offset of the word of the sets that is being made; later an index
	localColumn          // address of a column; later of a guard
	localLeft            // columns or guards left
	localLo
	localHi
	localLevel // the outcome where the certain rows are all

	localSet      // values of a slot not looked at yet, at the end those of the target
	localAll      // rows that all values contradict
	localSome     // rows that some value contradicts
	localGone     // rows that all values of some slot contradict: they do not apply
	localDoubtful // rows that some value of some slot contradicts: they do not certainly apply
	localOpen     // not 0 where some row is possible and not certain
	localWord
)

func stage(l layout) function {
	certain, possible := getGlobal(globalCertain), get(localPossible)
	return function{
		parameters: localSize, returns: true, locals32: localSet - localSize, locals64: localWord + 1 - localSet,
		body: sequence(
			setGlobal(globalStride, right(add(load16(get(localStage), stageRows), i32(7)), i32(3))),
			setGlobal(globalWords, and(add(getGlobal(globalStride), i32(7)), i32(-8))),
			setGlobal(globalCertain, add(get(localOutput), i32(StageRows))),
			set(localPossible, add(certain, getGlobal(globalWords))),
			stageApply(l),
			set(localSize, load8(get(localStage), stageValues)),
			whether(isZero(unequal(load8(get(localStage), stageKind), i32(int(tables.Permit)))),
				stagePermit(),
				sequence(
					call(functionCount, certain),
					whether(load8(get(localStage), stageKind),
						stageChoose(),
						stageGate(l)),
				)),
			store64(slot(load16(get(localStage), stageTarget)), l.slots, get(localSet)),
			store64(get(localOutput), StageValues, get(localSet)),
			store64(get(localOutput), StageDutyLo, widen(or(or(
				get(localLo),
				left(get(localHi), i32(8*(StageDutyHi-StageDutyLo)))),
				left(load16(get(localStage), stageRows), i32(8*(StageRowCount-StageDutyLo)))))),
			add(possible, left(getGlobal(globalWords), i32(1))),
		),
	}
}

// stageApply finds the certain and the possible rows, a word of both at a time, and clears those counting. It leaves the
// address behind the columns.
func stageApply(l layout) code {
	return sequence(
		set(localRows, load16(get(localStage), stageRows)),
		set(localColumn, add(get(localStage), i32(stageSize))),
		while(less(get(localAt), getGlobal(globalWords)),
			// What stands behind the last row counts as contradicted.
			set(localDoubtful, tee(localGone, either(
				i64(0),
				left64(i64(-1), widen(get(localRows))),
				less(i32(63), get(localRows))))),
			set(localRows, subtract(get(localRows), i32(64))),

			set(localColumn, add(get(localStage), i32(stageSize))),
			set(localLeft, load16(get(localStage), stageColumns)),
			while(get(localLeft),
				set(localSet, load64(slot(load16(get(localColumn), columnSlot)), l.slots)),
				set(localAll, i64(-1)),
				set(localSome, i64(0)),
				while(isZero(isZero64(get(localSet))),
					set(localWord, load64(
						sets(add(get(localColumn), get(localAt)), narrow(trailing64(get(localSet)))),
						columnSets)),
					set(localAll, and64(get(localAll), get(localWord))),
					set(localSome, or64(get(localSome), get(localWord))),
					set(localSet, and64(get(localSet), subtract64(get(localSet), i64(1)))),
				),
				set(localGone, or64(get(localGone), get(localAll))),
				set(localDoubtful, or64(get(localDoubtful), get(localSome))),
				set(localColumn, add(sets(get(localColumn), load8(get(localColumn), columnValues)), i32(columnSets))),
				set(localLeft, subtract(get(localLeft), i32(1))),
			),

			set(localDoubtful, or64(get(localDoubtful), get(localGone))),
			set(localOpen, or64(get(localOpen), subtract64(get(localDoubtful), get(localGone)))),
			store64(add(getGlobal(globalCertain), get(localAt)), 0, subtract64(i64(-1), get(localDoubtful))),
			store64(add(get(localPossible), get(localAt)), 0, subtract64(i64(-1), get(localGone))),
			store64(add(add(get(localPossible), getGlobal(globalWords)), get(localAt)), 0, i64(0)),
			set(localAt, add(get(localAt), i32(8))),
		),
		setGlobal(globalSets, get(localColumn)),
	)
}

func stageGate(l layout) code {
	certain, possible := getGlobal(globalCertain), get(localPossible)
	return sequence(
		// nvt, and all values below it.
		set(localWord, left64(i64(1), widen(subtract(get(localSize), i32(1))))),
		set(localAll, subtract64(get(localWord), i64(1))),
		set(localSet, and64(get(localAll), load64(slot(load16(get(localStage), stageSource)), l.slots))),
		set(localSet, either(get(localAll), get(localSet), isZero64(get(localSet)))),
		set(localSet, or64(
			either(get(localSet), i64(0), call(functionHit, possible, possible)),
			either(i64(0), get(localWord), call(functionHit, certain, certain)))),
	)
}

func stageChoose() code {
	return sequence(
		set(localSet, i64(0)),
		repeat(
			set(localSize, subtract(get(localSize), i32(1))),
			set(localSet, or64(
				left64(get(localSet), i64(1)),
				widen(call(functionHit, sets(getGlobal(globalSets), get(localSize)), get(localPossible))))),
			get(localSize),
		),
	)
}

func stagePermit() code {
	certain, possible := getGlobal(globalCertain), get(localPossible)
	duty := func(level, ending, setting code) code {
		return either(
			call(functionTop, duties(), i32(dutySets), setting),
			i32(0),
			multiply(level, isZero(call(functionHit, duties(), ending))))
	}
	return sequence(
		set(localLevel, call(functionLevel, certain, certain)),
		// Of a refusal count only the limits of level 0, the last; of the rest all limits and the deciding grounds.
		set(localAt, i32(limitSets-1)),
		when(get(localLevel),
			call(functionCount, sets(grounds(), call(functionTop, grounds(), i32(1+groundSets), certain))),
			set(localAt, i32(0)),
		),
		repeat(
			call(functionCount, sets(limits(), get(localAt))),
			less(tee(localAt, add(get(localAt), i32(1))), i32(limitSets)),
		),
		// Of a guard count the exceptions put in place, or, where there are none, the limits: set 0.
		eachGuard(localColumn, localLeft, when(call(functionHit, get(localColumn), certain),
			set(localAt, call(functionTop, get(localColumn), i32(guardSetCount), certain)),
			when(or(
				get(localLevel),
				isZero(or(get(localAt), load8(subtract(get(localColumn), i32(guardSets)), guardLevel)))),
				call(functionCount, sets(get(localColumn), get(localAt)))),
		)),

		// Where nothing is open, which is where speed counts, there is no need to work the outcome out three times.
		set(localLo, tee(localHi, get(localLevel))),
		when(isZero(isZero64(get(localOpen))),
			set(localLo, call(functionLevel, certain, possible)),
			set(localHi, call(functionLevel, possible, certain)),
		),
		set(localSet, subtract64(left64(i64(2), widen(get(localHi))), left64(i64(1), widen(get(localLo))))),
		set(localLo, duty(get(localLo), possible, certain)),
		set(localHi, duty(get(localHi), certain, possible)),
	)
}
