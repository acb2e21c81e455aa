package io.jobaudit.report.openxml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The faults of a workbook found so far. */
final class Faults {

	private final List<String> found = new ArrayList<>();

	void add(String place, String fault, Object... details) {
		this.found.add(place + ": " + String.format(Locale.ROOT, fault, details));
	}

	void require(boolean holds, String place, String fault, Object... details) {
		if (!holds) {
			add(place, fault, details);
		}
	}

	List<String> found() {
		return List.copyOf(this.found);
	}

}
