package io.jobaudit.report.csv;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A version of the FinOps Open Cost and Usage Specification. */
enum FocusVersion {

	V1_2("1.2", Set.of("HostProviderName", "ServiceProviderName")),

	/** Deprecates the two columns that 1.4 removes. */
	V1_3("1.3", Set.of()),

	V1_4("1.4", Set.of("ProviderName", "PublisherName"));

	private final String number;

	private final Set<String> unknownColumns;

	FocusVersion(String number, Set<String> unknownColumns) {
		this.number = number;
		this.unknownColumns = unknownColumns;
	}

	static FocusVersion of(String number) {
		return Arrays.stream(values())
			.filter((version) -> version.number.equals(number))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("audit.report.focus-version takes %s, but got %s".formatted(
					Arrays.stream(values()).map((version) -> version.number).collect(Collectors.joining(" or ")),
					number)));
	}

	/** Whether it has a column of our query. */
	boolean has(String column) {
		return !this.unknownColumns.contains(column);
	}

	/** Whether a column is to be removed by a later version. */
	boolean deprecates(String column) {
		return this == V1_3 && V1_4.unknownColumns.contains(column);
	}

	/** Whether metadata describe datasets beside their schemas. */
	boolean hasDatasets() {
		return this != V1_2;
	}

	@Override
	public String toString() {
		return this.number;
	}

}
