package io.jobaudit.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.jobaudit.simulator.Statistics.SimulatedOutcome;

/** What the vendor's gateway checks before it looks at the job, in the same order. */
final class CallChecks {

	private static final List<String> REQUIRED = List.of("host", "authorization", "x-acs-action", "x-acs-version",
			"x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

	private final Nonces nonces = new Nonces(100_000);

	private final Clock clock;

	CallChecks(Clock clock) {
		this.clock = clock;
	}

	static final class Nonces {

		private final int capacity;

		private final Set<String> used = new LinkedHashSet<>();

		/** Remembers at most this many nonces and forgets the oldest first. */
		Nonces(int capacity) {
			this.capacity = capacity;
		}

		/** Marks a nonce as used; returns whether it was not used before. */
		synchronized boolean use(String nonce) {
			boolean fresh = this.used.add(nonce);
			if (this.used.size() > this.capacity) {
				Iterator<String> oldest = this.used.iterator();
				oldest.next();
				oldest.remove();
			}
			return fresh;
		}

	}

	Optional<SimulatedError> refusal(ApiCall call, SimulatorOptions options) {
		return missingHeader(call).or(() -> date(call))
			.or(() -> credentials(call, options))
			.or(() -> nonce(call))
			.or(() -> action(call));
	}

	private Optional<SimulatedError> missingHeader(ApiCall call) {
		return REQUIRED.stream()
			.filter((name) -> call.header(name).isEmpty())
			.findFirst()
			.map((name) -> SimulatedError.badSignature("IncompleteSignature", "The header " + name + " is missing."));
	}

	private Optional<SimulatedError> date(ApiCall call) {
		try {
			Instant date = LocalDateTime.parse(call.header("x-acs-date"), DATE).toInstant(ZoneOffset.UTC);
			return when(Duration.between(date, this.clock.instant()).abs().compareTo(Duration.ofMinutes(15)) > 0,
					new SimulatedError(SimulatedOutcome.STALE_DATE, 400, "InvalidTimeStamp.Expired",
							"Specified time stamp or date value is expired."));
		}
		catch (DateTimeParseException ex) {
			return Optional.of(SimulatedError.other(400, "InvalidTimeStamp.Format",
					"Specified time stamp or date value is not well formatted."));
		}
	}

	private Optional<SimulatedError> credentials(ApiCall call, SimulatorOptions options) {
		try {
			SignatureCheck.Claim claim = SignatureCheck.claim(call);
			return key(claim, options).or(() -> securityToken(call, options)).or(() -> signature(call, claim, options));
		}
		catch (IllegalArgumentException ex) {
			return Optional.of(SimulatedError.badSignature("IncompleteSignature", ex.getMessage() + "."));
		}
	}

	private Optional<SimulatedError> key(SignatureCheck.Claim claim, SimulatorOptions options) {
		return when(!claim.accessKeyId().equals(options.accessKeyId()),
				SimulatedError.other(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."));
	}

	private Optional<SimulatedError> securityToken(ApiCall call, SimulatorOptions options) {
		String expected = options.securityToken();
		String found = call.header("x-acs-security-token");
		if ((expected == null) != found.isEmpty()) {
			return Optional.of(SimulatedError.other(400, "InvalidSecurityToken.Malformed",
					"The specified parameter SecurityToken is malformed."));
		}
		return when(expected != null && !expected.equals(found),
				SimulatedError.other(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."));
	}

	private Optional<SimulatedError> signature(ApiCall call, SignatureCheck.Claim claim, SimulatorOptions options) {
		return when(!SignatureCheck.matches(call, claim, options.accessKeySecret()), SimulatedError.badSignature(
				"SignatureDoesNotMatch",
				"Specified signature is not matched with our calculation. server CanonicalRequest is [%s]"
					.formatted(SignatureCheck.canonicalRequest(call, claim.signedHeaders()).replace("\n", "\\n"))));
	}

	private Optional<SimulatedError> nonce(ApiCall call) {
		return when(!this.nonces.use(call.header("x-acs-signature-nonce")),
				new SimulatedError(SimulatedOutcome.REPLAYED_NONCE, 400, "SignatureNonceUsed",
						"Specified signature nonce was used already."));
	}

	private Optional<SimulatedError> action(ApiCall call) {
		if (!call.header("x-acs-version").equals("2020-11-09")) {
			return Optional.of(SimulatedError.other(404, "NoSuchVersion", "The specified version does not exist."));
		}
		return when(!Set.of("GetSmartHandleJob", JobList.ACTION).contains(call.action()),
				SimulatedError.other(404, "InvalidAction.NotFound", "Specified api is not found."));
	}

	private static Optional<SimulatedError> when(boolean wrong, SimulatedError error) {
		return wrong ? Optional.of(error) : Optional.empty();
	}

}
