package wasm

import "handvat/generator/tables"

// The locals of the function that runs a stage.
const (
	localStage     = iota // parameter
	localOutput           // parameter
	localSize             // number of values of the target
	localStride           // bytes of a set of rows in the tables
	localRows             // rows from the word that is being made
	localCertain          // address of the certain rows
	localPossible         // address of the possible rows
	localAt               // offset of the word of the sets that is being made; later what the rows do for a guard
	localColumn           // address of a column
	localSets             // address of its sets; behind them all that of what the rows give; later of a guard
	localLater            // bytes of the words left
	localLeft             // columns or guards left
	localCertainly        // what the certain rows of a permit give
	localPossibly         // what the possible rows of a permit give
	localLevel            // the outcome where the certain rows are all
	localLo
	localHi

	localSet      // values of a slot not looked at yet, at the end those of the target
	localAll      // rows that all values contradict
	localSome     // rows that some value contradicts
	localGone     // rows that all values of some slot contradict: they do not apply
	localDoubtful // rows that some value of some slot contradicts: they do not certainly apply
	localOpen     // not 0 where some row is possible and not certain
	localAny      // not 0 where some row is possible
	localSure     // not 0 where some row is certain
	localWord
)

func stage(l layout) function {
	return function{
		parameters: localSize, returns: typeI32, locals32: localSet - localSize, locals64: localWord + 1 - localSet,
		body: sequence(
			setGlobal(globalRows, load16(get(localStage), stageRows)),
			set(localStride, right(add(getGlobal(globalRows), i32(7)), i32(3))),
			l.setWords(),
			set(localCertain, add(get(localOutput), i32(StageRows))),
			set(localPossible, add(get(localCertain), l.words())),
			stageApply(l),
			set(localSize, load8(get(localStage), stageValues)),
			whether(isZero(isPermit()),
				whether(load8(get(localStage), stageKind),
					set(localSet, call(functionGives, get(localSets), get(localPossible), i32(0))),
					stageGate(l)),
				stagePermit(l)),
			store64(slot(load16(get(localStage), stageTarget)), l.slots, get(localSet)),
			store64(get(localOutput), StageValues, get(localSet)),
			store64(get(localOutput), StageDutyLo, widen(or(or(
				get(localLo),
				left(get(localHi), i32(8*(StageDutyHi-StageDutyLo)))),
				left(getGlobal(globalRows), i32(8*(StageRowCount-StageDutyLo)))))),
			add(get(localPossible), left(l.words(), i32(1))),
		),
	}
}

func isPermit() code {
	return isZero(unequal(load8(get(localStage), stageKind), i32(int(tables.Permit))))
}

// stageApply finds the certain and the possible rows, a word of both at a time, and those counting, which are none yet of
// a permit. It leaves the address behind the columns.
func stageApply(l layout) code {
	contradicted := load64(
		l.plusAt(add(get(localSets), multiply(get(localStride), narrow(trailing64(get(localSet)))))),
		0)
	return sequence(
		set(localRows, getGlobal(globalRows)),
		l.eachWord(localLater, sequence(
			// What stands behind the last row counts as contradicted.
			set(localDoubtful, tee(localGone, either(
				i64(0),
				left64(i64(-1), widen(get(localRows))),
				less(i32(63), get(localRows))))),

			set(localColumn, add(get(localStage), i32(stageSize))),
			set(localLeft, load16(get(localStage), stageColumns)),
			set(localSets, add(get(localColumn), multiply(get(localLeft), i32(columnSize)))),
			while(get(localLeft),
				set(localSet, load64(slot(load16(get(localColumn), columnSlot)), l.slots)),
				// One value is what most questions have; several are looked at one by one.
				whether(isZero64(subtract64(ones64(get(localSet)), i64(1))),
					set(localGone, or64(get(localGone), contradicted)),
					sequence(
						set(localAll, i64(-1)),
						set(localSome, i64(0)),
						while(isZero(isZero64(get(localSet))),
							set(localAll, and64(get(localAll), tee(localWord, contradicted))),
							set(localSome, or64(get(localSome), get(localWord))),
							set(localSet, and64(get(localSet), subtract64(get(localSet), i64(1)))),
						),
						set(localGone, or64(get(localGone), get(localAll))),
						set(localDoubtful, or64(get(localDoubtful), get(localSome))),
					)),
				advance(localSets, multiply(get(localStride), load8(get(localColumn), columnValues))),
				advance(localColumn, i32(columnSize)),
				set(localLeft, subtract(get(localLeft), i32(1))),
			),

			set(localDoubtful, or64(get(localDoubtful), get(localGone))),
			set(localOpen, or64(get(localOpen), subtract64(get(localDoubtful), get(localGone)))),
			set(localSure, or64(get(localSure), tee(localDoubtful, subtract64(i64(-1), get(localDoubtful))))),
			set(localAny, or64(get(localAny), tee(localGone, subtract64(i64(-1), get(localGone))))),
			store64(l.plusAt(get(localCertain)), 0, get(localDoubtful)),
			store64(l.plusAt(get(localPossible)), 0, get(localGone)),
			store64(l.plusAt(add(get(localPossible), l.words())), 0, either(
				i64(0), get(localDoubtful), isPermit())),
		), sequence(
			set(localRows, subtract(get(localRows), i32(64))),
			advance(localAt, i32(8)),
		)),
	)
}

// plusAt gives an address in the word at hand.
func (l layout) plusAt(address code) code {
	if !l.wide {
		return address
	}
	return add(address, get(localAt))
}

func stageGate(l layout) code {
	return sequence(
		// nvt, and all values below it.
		set(localWord, left64(i64(1), widen(subtract(get(localSize), i32(1))))),
		set(localAll, subtract64(get(localWord), i64(1))),
		set(localSet, and64(get(localAll), load64(slot(load16(get(localStage), stageSource)), l.slots))),
		set(localSet, either(get(localAll), get(localSet), isZero64(get(localSet)))),
		set(localSet, or64(
			either(i64(0), get(localSet), isZero64(get(localAny))),
			either(get(localWord), i64(0), isZero64(get(localSure))))),
	)
}

func stagePermit(l layout) code {
	certain, possible, certainly, possibly := get(localCertain), get(localPossible), get(localCertainly), get(localPossibly)
	guards := add(get(localSets), getGlobal(globalRows))
	duty := func(level int, setting, ending code) code {
		return either(
			either(
				i32(2),
				unequal(and(setting, i32(actsDuty1)), i32(0)),
				and(setting, i32(actsDuty2))),
			i32(0),
			multiply(get(level), isZero(and(ending, i32(actsEndDuty)))))
	}
	return sequence(
		set(localPossibly, tee(localCertainly, acts(get(localSets), certain))),
		set(localLo, tee(localHi, tee(localLevel, call(functionLevel, guards, certain, certain, certainly, certainly)))),
		// Where nothing is open, which is where speed counts, there is no need to work the outcome out three times.
		when(isZero(isZero64(get(localOpen))),
			set(localPossibly, acts(get(localSets), possible)),
			set(localLo, call(functionLevel, guards, certain, possible, certainly, possibly)),
			set(localHi, call(functionLevel, guards, possible, certain, possibly, certainly)),
		),
		set(localSet, subtract64(left64(i64(2), widen(get(localHi))), left64(i64(1), widen(get(localLo))))),

		// Of a refusal count only the limits of level 0; of the rest all limits and the deciding grounds.
		drop(call(functionGives, get(localSets), certain, either(
			or(i32(actsLimits), right(i32(actsRefuse), and(leading(and(certainly, i32(actsGrounds))), i32(28)))),
			i32(actsRefuse),
			get(localLevel)))),
		set(localSets, guards),
		// Of a guard count the exceptions put in place, or, where there are none, the limits.
		l.eachGuard(localSets, localLeft, when(and(tee(localAt, acts(get(localSets), certain)), i32(guardsLimit)),
			set(localAt, and(get(localAt), i32(guardsExceptions))),
			when(or(get(localLevel), isZero(or(get(localAt), load8(subtract(get(localSets), i32(guardLevel)), 0)))),
				drop(call(functionGives, get(localSets), certain, either(
					right(i32(-1<<31), leading(get(localAt))),
					i32(guardsLimit),
					get(localAt)))),
			),
		)),
		set(localLo, duty(localLo, certainly, possibly)),
		set(localHi, duty(localHi, possibly, certainly)),
	)
}
