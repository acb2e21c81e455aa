package io.jobaudit.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.jobaudit.RunId;

/** A run in which every text could cause trouble in a spreadsheet. */
final class HostileRun {

	private static final List<String> TEXTS = List.of("=HYPERLINK(\"https://example.invalid\",\"click\")",
			"=cmd|' /C calc'!A0", "@SUM(1)", "-1e5", "+1", "0012", "1/2", "TRUE", "#REF!", "'quoted",
			"a & <b> ]]> \"c\"", text(0x4E00, 40_000), text(0x20000, 20_000), "a\u0001b\u000Bc\uFFFEd\uFFFFe",
			"_x000D_ and _x0041_", "tab\tline\nreturn\r\nend", " leading and trailing ", "\n",
			"\u200Ezero\u200Bwidth\u202E", "\u0085next\u2028line", "&amp;#1;", "e\u0301 \uFDD0", "");

	private HostileRun() {
	}

	static RunId seed(DataSource database) {
		RunSeed run = new RunSeed(database);
		for (int number = 0; number < TEXTS.size(); number++) {
			String text = TEXTS.get(number);
			Map<String, Object> job = new HashMap<>();
			for (String column : List.of("job_type", "error_code", "error_message", "title", "description", "user_id",
					"user_data", "input_file", "media_id", "media_url", "request_id")) {
				job.put(column, text);
			}
			job.putAll(Map.of("state", "Failed", "usage_status", "ABSENT", "create_time", "0001-01-01T00:00:00Z",
					"modified_time", "9999-12-31T23:59:59Z"));
			run.job("failed " + number + text.substring(0, Math.min(30, text.length())), "FETCHED", job);
			job.putAll(Map.of("state", "Finished", "usage_status", "REPORTED", "total_tokens", 999_999_999_999_999_999L,
					"prompt_tokens", 0, "create_time", "2026-10-01T00:00:00Z"));
			run.job("token " + number, "FETCHED", job)
				.labels("token " + number, Map.of(text, text))
				.item("unreadable " + number, "UNREADABLE",
						Map.of("code", text, "message", text, "request_id", text, "labels", Map.of(text, text)));
		}
		return run.rejected("DUPLICATE").rejected("TOO_LONG").close();
	}

	/** Consecutive characters, too many different ones to be compressed well. */
	private static String text(int first, int length) {
		return IntStream.range(0, length)
			.map((position) -> first + position * 797 % 20_000)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
