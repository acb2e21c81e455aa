package io.jobaudit.billing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The columns of the price file. */
enum PriceColumn {

	JOB_TYPE, CURRENCY, PRICE_PER_1000_TOKENS, VALID_FROM, VALID_TO, NOTE;

	/** The names of all columns. */
	static List<String> titles() {
		return Arrays.stream(values()).map(PriceColumn::title).toList();
	}

	/** Its name in the file. */
	String title() {
		return name().toLowerCase(Locale.ROOT);
	}

}
