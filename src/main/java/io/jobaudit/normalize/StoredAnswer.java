package io.jobaudit.normalize;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.jobaudit.normalize.Anomaly.Anomalies;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a row again from its stored answer, by the current rules. What only the answer as
 * received could show is taken from the row: its request id, what was replaced in it, and
 * its AiResult.
 */
final class StoredAnswer {

	/** Anomalies that only the answer as received can show. */
	private static final Set<String> OF_THE_ORIGINAL = Set.of(Anomaly.REPLACED_BYTES, Anomaly.DUPLICATE_FIELD,
			Anomaly.REPLACED_CHARACTERS, Anomaly.REPLACED_NAME, Anomaly.NUMBER_OUT_OF_RANGE);

	private static final String AI_RESULT = Path.ROOT.field("JobResult").field("AiResult").toString();

	private static final Comparator<JsonNode> BY_VALUE = (left, right) -> (left.isNumber() && right.isNumber())
			? left.decimalValue().compareTo(right.decimalValue()) : Boolean.compare(left.equals(right), true);

	private final SmartJob row;

	private final ObjectNode raw;

	private final Instant fetchedAt;

	/**
	 * Parses the stored answer.
	 * @throws IllegalStateException when it is not a JSON object, which no run has
	 * written
	 */
	StoredAnswer(SmartJob row, Instant fetchedAt) {
		this.row = row;
		this.fetchedAt = fetchedAt;
		this.raw = Json.parse(row.raw())
			.filter(ObjectNode.class::isInstance)
			.map(ObjectNode.class::cast)
			.orElseThrow(() -> new IllegalStateException(
					"the stored answer of %s is not a JSON object; fetch it again with --refetch"
						.formatted(row.jobId())));
	}

	SmartJob read() {
		Anomalies anomalies = new Anomalies();
		this.row.anomalies()
			.stream()
			.filter((anomaly) -> OF_THE_ORIGINAL.contains(anomaly.kind())
					|| (anomaly.kind().equals(Anomaly.NOT_TEXT) && AI_RESULT.equals(anomaly.path())))
			.forEach(anomalies::add);
		List<String> duplicates = this.row.anomalies()
			.stream()
			.filter((anomaly) -> anomaly.kind().equals(Anomaly.DUPLICATE_FIELD))
			.map(Anomaly::path)
			.filter(Objects::nonNull)
			.toList();
		String requestId = (this.row.requestId() != null) ? this.row.requestId() : "";
		SmartJob read = new SmartJobReader(this.raw, anomalies, this.fetchedAt, duplicates).read(this.row.jobId(),
				requestId, this.raw.path("JobResult").path("AiResult"));
		return withWhatTheRowKnows(read);
	}

	private SmartJob withWhatTheRowKnows(SmartJob read) {
		return new SmartJob(read.jobId(), same(this.row.state(), read.state()),
				same(this.row.jobType(), read.jobType()), same(this.row.errorCode(), read.errorCode()),
				same(this.row.errorMessage(), read.errorMessage()), read.totalTokens(), read.promptTokens(),
				read.completionTokens(), read.usageStatus(), same(this.row.title(), read.title()),
				same(this.row.description(), read.description()), same(this.row.userId(), read.userId()),
				same(this.row.userData(), read.userData()), same(this.row.inputFile(), read.inputFile()),
				same(this.row.outputBucket(), read.outputBucket()), same(this.row.outputObject(), read.outputObject()),
				same(this.row.mediaId(), read.mediaId()), same(this.row.mediaUrl(), read.mediaUrl()),
				same(this.row.output(), read.output()), same(this.row.editingConfig(), read.editingConfig()),
				same(this.row.jobParameters(), read.jobParameters()), read.createTime(), read.modifiedTime(),
				read.requestId(), this.row.aiResultBytes(), this.row.aiResultSha256(), this.row.raw(),
				sameFindings(this.row.anomalies(), read.anomalies()));
	}

	/** The database does not keep the order of fields in JSON: that is no difference. */
	private static @Nullable String same(@Nullable String stored, @Nullable String read) {
		if (stored == null || read == null || stored.equals(read)) {
			return read;
		}
		Optional<JsonNode> before = Json.parse(stored).filter(JsonNode::isContainer);
		Optional<JsonNode> after = Json.parse(read);
		return (before.isPresent() && after.isPresent() && before.get().equals(BY_VALUE, after.get())) ? stored : read;
	}

	/** Anomalies at the same places of the same answer quote the same values. */
	private static List<Anomaly> sameFindings(List<Anomaly> stored, List<Anomaly> read) {
		return withoutDetails(stored).equals(withoutDetails(read)) ? stored : read;
	}

	private static Set<Anomaly> withoutDetails(List<Anomaly> findings) {
		return findings.stream()
			.map((finding) -> new Anomaly(finding.kind(), finding.path(), null))
			.collect(Collectors.toSet());
	}

}
