package io.jobaudit.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A way in which the simulator misbehaves on purpose. */
public enum Fault {

	/** 400 {@code Throttling.User}, sometimes 403 {@code RequestsTooFrequent}. */
	THROTTLE,

	/** 429 or 503 {@code Throttling.User} with {@code x-acs-retry-after}. */
	RETRY_HINT,

	/** 500 {@code InternalError} or 503 {@code ServiceUnavailable}. */
	SERVER_ERROR,

	/** The connection is reset before any answer. */
	RESET,

	/** The connection is closed in the middle of the body. */
	CUT_BODY,

	/** 502 or 503 with HTML, or with nothing at all. */
	HTML,

	/** Silence after the first half of the body, until the client gives up. */
	STALL,

	/** Status 200 with an error's {@code Code} instead of a job. */
	ERROR_IN_200,

	/** One byte after the other: the body is never silent and never complete. */
	DRIP;

	/** Spreads its share evenly over all faults. */
	private static final String STORM = "storm";

	/**
	 * Reads shares of calls (0 to 1) such as {@code throttle=0.02,cut-body=0.01}, or
	 * {@code storm=0.1} for an even mix of all.
	 * @throws IllegalArgumentException for any other text
	 */
	public static Map<Fault, Double> parse(String text) {
		Map<Fault, Double> shares = new EnumMap<>(Fault.class);
		for (String term : text.isBlank() ? new String[0] : text.split(",", -1)) {
			String[] parts = term.split("=", -1);
			if (parts.length != 2) {
				throw new IllegalArgumentException(
						"a fault takes the form name=share, such as reset=0.01, but got \"" + term.strip() + "\"");
			}
			add(shares, parts[0].strip().toLowerCase(Locale.ROOT), share(term.strip(), parts[1].strip()));
		}
		return shares;
	}

	/** The name on a command line, such as {@code cut-body}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static void add(Map<Fault, Double> shares, String name, double share) {
		if (name.equals(STORM)) {
			for (Fault fault : values()) {
				shares.merge(fault, share / values().length, Double::sum);
			}
			return;
		}
		shares.merge(named(name), share, Double::sum);
	}

	private static Fault named(String name) {
		return Arrays.stream(values())
			.filter((fault) -> fault.toString().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("unknown fault \"" + name + "\", expected one of "
					+ Arrays.stream(values()).map(Fault::toString).collect(Collectors.joining(", ")) + ", " + STORM));
	}

	private static double share(String term, String number) {
		try {
			double share = Double.parseDouble(number);
			if (share >= 0 && share <= 1) {
				return share;
			}
		}
		catch (NumberFormatException ex) {
			// rejected below, like a number out of range
		}
		throw new IllegalArgumentException("a fault's share takes a number from 0 to 1, but got \"" + term + "\"");
	}

}
