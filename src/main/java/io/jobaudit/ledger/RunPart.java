package io.jobaudit.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a shared run, which one process at a time fetches.
 *
 * @param number counted from 1
 */
public record RunPart(int number, ItemRange lines) {

	/** Smaller parts lose more time in between than they save at the end. */
	private static final int FEWEST = 200;

	/**
	 * Divides a run. With one lane, all parts have the largest size. With several, parts
	 * get smaller towards the end, so that all lanes end at about the same time. The
	 * first parts differ in size, so that lanes start new parts at different times: while
	 * one starts a part, the others use the whole rate.
	 * @param lines of the run
	 * @param lanes how many processes fetch it at once
	 * @param most lines of a part
	 * @return the last line of each part
	 */
	static List<Long> ends(long lines, int lanes, int most) {
		List<Long> ends = new ArrayList<>();
		long end = 0;
		while (end < lines) {
			long fair = (lanes == 1) ? most : Math.max(FEWEST, (lines - end - 1) / (2L * lanes) + 1);
			long size = Math.min(fair, most) * Math.min(ends.size() + 1, lanes) / lanes;
			end = Math.min(lines, end + Math.max(1, size));
			ends.add(end);
		}
		return ends;
	}

}
