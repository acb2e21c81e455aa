package io.jobaudit.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Five runs of one account; October is closed after the second, the third is stopped. */
public final class GoldenHistory {

	static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	/** Among them, here and below, texts that a spreadsheet could take for formulas. */
	private static final String[] USERS = { "1974526401", "0012", "=1+1", "用户 😀" };

	private static final String[] TEAMS = { "studio", "news; sports", "@SUM(1)", "体育" };

	private static final String[] CENTRES = { "CC-1001", "CC-1002", "-1e5" };

	private final JdbcClient jdbc;

	private final DataSource database;

	private int number;

	private GoldenHistory(DataSource database) {
		this.jdbc = JdbcClient.create(database);
		this.database = database;
	}

	/** Writes it, and returns the last run and the complete run before it. */
	public static Runs seed(DataSource database) {
		GoldenHistory history = new GoldenHistory(database);
		history.prices();
		RunSeed first = new RunSeed(database, Instant.parse("2026-10-28T17:00:00Z"));
		history.october(first);
		RunSeed second = first.next(Instant.parse("2026-10-31T17:00:00Z"));
		history.aroundMidnight(second);
		RunSeed stopped = second.next(Instant.parse("2026-11-02T17:00:00Z"));
		history.closeOctober("2026-11-02T04:00:00Z");
		history.halfANight(stopped);
		RunSeed before = stopped.next(Instant.parse("2026-11-05T17:00:00Z"));
		history.stop(stopped);
		history.november(before);
		RunSeed last = before.next(Instant.parse("2026-11-12T17:00:00Z"));
		history.lastNight(last);
		last.close();
		history.takeLabels();
		return new Runs(last.runId(), before.runId());
	}

	private void prices() {
		new PriceSeed(this.database, ZONE).price("TextGenerate", "CNY", "0.0123", "2026-01-01", "2026-10-20")
			.price("TextGenerate", "CNY", "0.02", "2026-10-21", null)
			.price("ASR", "USD", "1.5", "2026-01-01", null)
			.price("DynamicChart", "USD", "0.123456789", "2026-01-01", null)
			.price("TextToSpeech", "JPY", "3", "2026-11-01", null);
	}

	private void october(RunSeed run) {
		for (int job = 0; job < 8; job++) {
			spent(run, "text-" + job, "TextGenerate", 1000L + 337 * job, "2026-10-%02dT15:30:00Z".formatted(17 + job));
		}
		spent(run, "asr-1", "ASR", 1001, "2026-10-26T16:00:00Z");
		spent(run, "chart-1", "DynamicChart", 1_234_567, "2026-10-27T01:02:03.456Z");
		spent(run, "speech-1", "TextToSpeech", 900, "2026-10-27T08:00:00Z");
		spent(run, "video-1", "VideoTranslation", 77, "2026-10-27T09:00:00Z");
		spent(run, "zero-1", "ASR", 0, "2026-10-27T10:00:00Z");
		failed(run, "fail-1", "ASR", "NoVoice", "语音识别失败：音频中没有有效人声。", "2026-10-25T03:00:00Z");
		failed(run, "fail-2", "ASR", null, "=HYPERLINK(\"https://example.invalid\",\"click\")", "2026-10-26T03:00:00Z");
		failed(run, "-fail-3", "TextToSpeech", "@Quota", "two\r\nlines, \"quoted\"\tand \u0001",
				"2026-10-27T03:00:00Z");
		run.job("old-1", "FETCHED", Map.of("state", "Executing", "job_type", "ASR", "usage_status", "ABSENT",
				"create_time", "2025-10-30T00:00:00Z", "input_file", "oss://in/old-1.mp4"));
		run.job("old-2", "FETCHED", Map.of("state", "Created", "job_type", "VideoTranslation", "usage_status", "ABSENT",
				"create_time", "2025-11-25T00:00:00Z", "user_id", "0012"));
		run.unspent("timeless-1", "ASR", "UNREADABLE");
		executing(run, "late-1", "ASR", "2026-10-28T16:00:00Z");
		executing(run, "late-2", "TextGenerate", "2026-10-28T16:30:00Z");
		run.unreadable(2).item("lost-1", "NOT_FOUND", Map.of("http_status", 404)).rejected("DUPLICATE");
	}

	/** Jobs just before and after the end of October in the time zone. */
	private void aroundMidnight(RunSeed run) {
		spent(run, "edge-1", "TextGenerate", 4321, "2026-10-31T15:59:59Z");
		spent(run, "edge-2", "TextGenerate", 1234, "2026-10-31T16:00:00Z");
		failed(run, "fail-4", "TextToSpeech", "TooLong", "too long", "2026-10-31T16:30:00Z");
		failed(run, "fail-5", "ASR", "NoVoice", "no voice", "2026-10-31T15:00:00Z");
		run.asked("fail-1", "Finished", null)
			.item("-fail-3", "UNCHANGED", Map.of())
			.item("unreadable-1", "UNREADABLE", Map.of("attempts", 5, "code", "=Busy"))
			.item("unreadable-2", "NOT_FOUND", Map.of());
	}

	/** As the command would have left it. */
	private void closeOctober(String closedAt) {
		this.jdbc
			.sql("""
					with closed as (
					  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version,
					    last_change_id)
					  values ('default', date '2026-10-01', 'Asia/Shanghai', timestamptz '2026-10-01 00:00+08',
					    timestamptz '2026-11-01 00:00+08', cast(:at as timestamptz), 'finance', '0.1.0',
					    (select coalesce(max(change_id), 0) from audit.smart_job_change))
					  returning *)
					insert into audit.closed_job
					select c.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
					  j.completion_tokens, j.usage_status, j.create_time, j.currency, j.price_per_1000_tokens,
					  j.spend_status, j.spend
					from closed c
					join audit.v_job j on j.account = c.account and j.booked_at >= c.starts_at and j.booked_at < c.ends_at
					""")
			.param("at", closedAt)
			.update();
		this.jdbc.sql("delete from audit.price where job_type = 'DynamicChart'").update();
	}

	private void halfANight(RunSeed run) {
		spent(run, "half-1", "ASR", 50, "2026-11-02T10:00:00Z");
		run.item("half-2", null, Map.of());
	}

	private void stop(RunSeed run) {
		this.jdbc.sql("update audit.audit_run set status = 'STOPPED', exit_code = 5 where run_id = :run")
			.param("run", run.runId().value())
			.update();
	}

	private void november(RunSeed run) {
		for (int job = 8; job < 12; job++) {
			spent(run, "text-" + job, "TextGenerate", 1000L + 337 * job, "2026-11-%02dT12:00:00Z".formatted(job - 6));
		}
		spent(run, "speech-2", "TextToSpeech", 1234, "2026-11-03T00:00:00Z");
		spent(run, "video-2", "VideoTranslation", 88, "2026-11-04T00:00:00Z");
		spent(run, "found-late", "ASR", 640, "2026-10-30T00:00:00Z");
		failed(run, "fail-6", "ASR", "InputFileNotAccessible", "=cmd|' /C calc'!A0", "2026-11-05T03:00:00Z");
		failed(run, "fail-7", "TextToSpeech", "TooLong", "too long again", "2026-11-05T04:00:00Z");
		failed(run, "fail-8", "+ASR", "NoVoice", "a type like a formula", "2026-11-05T05:00:00Z");
		run.asked("fail-5", "Executing", null);
		finished(run, "late-1", 2500);
		run.item("unreadable-1", "UNREADABLE", Map.of("attempts", 4, "http_status", 502, "message", "+1 later"))
			.item("refused-1", "REFUSED", Map.of("http_status", 403, "code", "Forbidden"))
			.rejected("EMPTY");
	}

	private void lastNight(RunSeed run) {
		spent(run, "text-12", "TextGenerate", 999, "2026-11-10T12:00:00Z");
		spent(run, "asr-2", "ASR", 123, "2026-11-11T12:00:00Z");
		spent(run, "speech-3", "TextToSpeech", 777, "2026-11-11T13:00:00Z");
		run.job("typeless-1", "FETCHED", Map.of("usage_status", "ABSENT", "create_time", "2026-11-10T00:00:00Z"))
			.unspent("timeless-2", "TextToSpeech", "ABSENT");
		executing(run, "stuck-1", "VideoTranslation", "2026-11-09T00:00:00Z");
		executing(run, "fresh-1", "VideoTranslation", "2026-11-12T16:00:00Z");
		failed(run, "fail-9", "ASR", "NoVoice", "no voice", "2026-11-12T03:00:00Z");
		failed(run, "fail-10", "TextGenerate", "内容违规", "\u200Ezero\u200Bwidth\u202E", "2026-11-12T04:00:00Z");
		failed(run, "fail-11", "TextGenerate", null, " leading and trailing ", "2026-11-12T05:00:00Z");
		run.asked("late-2", "Failed", "TooLong").asked("fail-6", "Finished", null).asked("old-2", "Executing", null);
		finished(run, "text-3", 5);
		run.item("fail-8", "UNCHANGED", Map.of())
			.item("chart-1", "UNCHANGED", Map.of())
			.item("old-1", "EXPIRED", Map.of())
			.item("unreadable-1", "NOT_FOUND", Map.of())
			.item("refused-1", "REFUSED", Map.of("code", "Forbidden"))
			.item("-unread-3", "UNREADABLE",
					Map.of("http_status", 503, "code", "@Busy", "message", "=1+1", "attempts", 6, "request_id", "0E1",
							"labels", Map.of("team", "=A1", "cost_centre", "CC-1001")))
			.item("unread-4", "UNREADABLE", Map.of("attempts", 3))
			.rejected("DUPLICATE")
			.rejected("TOO_LONG");
		listing(run.runId());
	}

	/**
	 * The API's own list: jobs in both, in only one of the two, and one created later.
	 */
	private void listing(RunId run) {
		this.jdbc.sql("""
				insert into audit.audit_listed_job (run_id, job_id, job_type, state, create_time)
				select i.run_id, i.job_id, j.job_type, j.state, j.create_time
				from audit.audit_item i join audit.smart_job j on j.job_id = i.job_id
				where i.run_id = :run and i.job_id not in ('fail-9', 'old-1')
				union all
				values (:run, 'only-listed-1', 'TextGenerate', 'Finished', timestamptz '2026-11-01 00:00Z'),
				  (:run, '=only-listed-2', 'ASR', 'Failed', null),
				  (:run, 'younger-1', 'ASR', 'Executing', timestamptz '2026-11-12 17:00:10Z'),
				  (:run, 'text-1', 'TextGenerate', 'Finished', timestamptz '2026-10-18 15:30Z')""")
			.param("run", run.value())
			.update();
		this.jdbc.sql("insert into audit.audit_listing values (:run, timestamptz '2026-11-12 17:00:30Z', 30)")
			.param("run", run.value())
			.update();
	}

	private void spent(RunSeed run, String jobId, String type, long tokens, String created) {
		Map<String, Object> columns = new HashMap<>(Map.of("state", "Finished", "job_type", type, "usage_status",
				"REPORTED", "total_tokens", tokens, "prompt_tokens", tokens / 4, "completion_tokens",
				tokens - tokens / 4, "create_time", created, "title", "Title of " + jobId));
		columns.put("user_id", user());
		columns.put("user_data", "{\"show\": \"evening\"}");
		labelled(run, jobId, columns);
	}

	private void failed(RunSeed run, String jobId, String type, @Nullable String code, String message, String created) {
		Map<String, Object> columns = new HashMap<>(Map.of("state", "Failed", "job_type", type, "error_message",
				message, "usage_status", "ABSENT", "create_time", created, "modified_time", created, "request_id",
				"0E1", "user_data", "=2+2", "input_file", "oss://in/" + jobId + ".mp4"));
		columns.put("error_code", code);
		columns.put("user_id", user());
		labelled(run, jobId, columns);
	}

	private void labelled(RunSeed run, String jobId, Map<String, Object> columns) {
		Map<String, Object> labels = labels();
		columns.put("labels", labels);
		run.job(jobId, "FETCHED", columns).labels(jobId, labels);
	}

	private static void executing(RunSeed run, String jobId, String type, String created) {
		run.job(jobId, "FETCHED",
				Map.of("state", "Executing", "job_type", type, "usage_status", "ABSENT", "create_time", created))
			.labels(jobId, Map.of("team", "体育"));
	}

	private String user() {
		return USERS[this.number % USERS.length];
	}

	private Map<String, Object> labels() {
		this.number++;
		return Map.of("team", TEAMS[this.number % TEAMS.length], "cost_centre", CENTRES[this.number % CENTRES.length]);
	}

	/** A job that is stored is finished now, with another usage. */
	private void finished(RunSeed run, String jobId, long tokens) {
		this.jdbc.sql("""
				update audit.smart_job j set state = 'Finished', total_tokens = :tokens, usage_status = 'REPORTED',
				  last_run_id = r.run_id, fetched_at = r.started_at
				from audit.audit_run r where r.run_id = :run and j.job_id = :id""")
			.param("tokens", tokens)
			.param("run", run.runId().value())
			.param("id", jobId)
			.update();
		run.item(jobId, "FETCHED", Map.of());
	}

	/** A job keeps the labels of the last item that has any; seen on a fixed day. */
	private void takeLabels() {
		this.jdbc.sql("""
				update audit.smart_job j set labels = i.labels
				from (select distinct on (job_id) job_id, labels from audit.audit_item where labels <> '{}'
				      order by job_id, run_id desc) as i
				where i.job_id = j.job_id""").update();
		this.jdbc
			.sql("update audit.smart_job_change set changed_at = timestamptz '2026-11-28 00:00+08' where run_id is null"
					+ " or changed_at > timestamptz '2026-11-28 00:00+08'")
			.update();
	}

	/** Numbers of the runs that are reported on. */
	public record Runs(RunId last, RunId before) {
	}

}
