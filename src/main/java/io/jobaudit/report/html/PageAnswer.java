package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The main facts: what ran and whether it adds up, what failed and what is new, what it
 * cost and what moved.
 *
 * @param sentences one for each
 * @param tiles the figures that they are about
 */
public record PageAnswer(List<String> sentences, List<Tile> tiles) {

	/** Reads it for a run or a period, whose checks are given. */
	public static PageAnswer of(ReportSubject subject, ReportQueries queries, List<KeyFigure> checks) {
		boolean isOfRun = queries.scope().runId() != null;
		Figures now = Figures
			.read(queries, isOfRun ? ReportQuery.packaged("run/answer") : ReportQuery.packaged("period/answer"))
			.get(0);
		List<Amount> amounts = Amount
			.read(queries,
					isOfRun ? ReportQuery.packaged("run/answer-spend") : ReportQuery.packaged("period/answer-spend"))
			.stream()
			.map((amount) -> now.hasJobs() ? amount : amount.orZero())
			.toList();
		return new PageAnswer(List.of(ran(subject, now, checks, isOfRun), failed(now), cost(now, amounts, isOfRun)),
				tiles(now, amounts));
	}

	private static String ran(ReportSubject subject, Figures now, List<KeyFigure> checks, boolean isOfRun) {
		long faults = checks.stream().filter((check) -> check.look() != CellLook.CHECK_PASSED).count();
		String verdict = (faults == 0) ? ReportTexts.text("answer.adds-up", checks.size())
				: ReportTexts.text("answer.does-not-add-up", faults, checks.size());
		String name = StringUtils.capitalize(subject.name());
		return (isOfRun ? ReportTexts.text("answer.ran", name, count(now.ids()), count(now.jobs()))
				: ReportTexts.text("answer.period", name, count(now.jobs()))) + " " + verdict;
	}

	private static String failed(Figures now) {
		String failed = (now.failed().signum() == 0) ? ReportTexts.text("answer.none-failed")
				: ReportTexts.text("answer.failed", count(now.failed()), count(now.jobs()), rate(now));
		String fresh = ReportTexts.text("answer.new", count(now.newlyFailed()), count(now.newKinds()),
				count(now.stillFailing()));
		return failed + " " + fresh
				+ ((now.unusual().signum() > 0) ? " " + ReportTexts.text("answer.unusual", count(now.unusual())) : "");
	}

	private static String cost(Figures now, List<Amount> amounts, boolean isOfRun) {
		String spent = now.hasJobs() ? spent(now, amounts) : ReportTexts.text("answer.no-jobs");
		if (now.before() == null) {
			return spent + " "
					+ (isOfRun ? ReportTexts.text("answer.first-run") : ReportTexts.text("answer.first-period"));
		}
		List<String> moves = new ArrayList<>();
		moves.add(ReportTexts.text("answer.tokens-moved", moved(now.tokens(), now.tokensBefore())));
		amounts.forEach((amount) -> moves
			.add(ReportTexts.text("answer.spend-moved", amount.currency(), moved(amount.now(), amount.before()))));
		return spent + " " + ReportTexts.text("answer.moved", now.before(), String.join(", ", moves));
	}

	private static String spent(Figures now, List<Amount> amounts) {
		String tokens = (now.tokens() != null) ? ReportTexts.text("answer.tokens", count(now.tokens()))
				: ReportTexts.text("answer.no-tokens");
		List<String> known = amounts.stream().filter((amount) -> amount.now() != null).map(Amount::text).toList();
		return tokens + " " + (known.isEmpty() ? ReportTexts.text("answer.no-spend")
				: ReportTexts.text("answer.spend", String.join(" + ", known)));
	}

	private static List<Tile> tiles(Figures now, List<Amount> amounts) {
		List<Tile> tiles = new ArrayList<>();
		tiles.add(new Tile(ReportTexts.text("tile.jobs"), count(now.jobs()), ""));
		tiles.add(new Tile(ReportTexts.text("tile.failed"), count(now.failed()), now.hasJobs() ? rate(now) : ""));
		tiles.add(new Tile(ReportTexts.text("tile.newly-failed"), count(now.newlyFailed()),
				ReportTexts.text("tile.new-kinds", count(now.newKinds()))));
		tiles.add(new Tile(ReportTexts.text("tile.tokens"),
				(now.tokens() != null) ? count(now.tokens()) : ValueText.UNKNOWN,
				note(now.tokens(), now.tokensBefore())));
		amounts.forEach((amount) -> tiles
			.add(new Tile(ReportTexts.text("tile.spend"), amount.text(), note(amount.now(), amount.before()))));
		return tiles;
	}

	/** By how much an amount has moved; empty when there is nothing to compare. */
	private static String note(@Nullable BigDecimal now, @Nullable BigDecimal before) {
		return (before != null) ? moved(now, before) : "";
	}

	/** By how much an amount has moved, in words when that is no share. */
	private static String moved(@Nullable BigDecimal now, @Nullable BigDecimal before) {
		if (now == null || before == null) {
			return ReportTexts.text("answer.unknown-move");
		}
		if (before.signum() == 0) {
			return (now.signum() == 0) ? "±0.0%" : ReportTexts.text("answer.from-zero");
		}
		BigDecimal share = now.subtract(before).divide(before.abs(), MathContext.DECIMAL64);
		String text = ValueText.of(share, ColumnFormat.PERCENT);
		return (share.signum() > 0) ? "+" + text : (share.signum() == 0) ? "±" + text : text;
	}

	private static String rate(Figures now) {
		return ValueText.of(now.failed().divide(now.jobs(), MathContext.DECIMAL64), ColumnFormat.PERCENT);
	}

	private static String count(BigDecimal number) {
		return ValueText.of(number, ColumnFormat.COUNT);
	}

	/**
	 * A figure of the page's head.
	 *
	 * @param note its share, or by how much it moved; empty for none
	 */
	public record Tile(String label, String amount, String note) {
	}

	/**
	 * The figures of a run or a period.
	 *
	 * @param before name of the run or period before it; null for none
	 */
	private record Figures(BigDecimal ids, BigDecimal jobs, BigDecimal failed, BigDecimal newlyFailed,
			BigDecimal newKinds, BigDecimal stillFailing, BigDecimal unusual, @Nullable BigDecimal tokens,
			@Nullable String before, @Nullable BigDecimal tokensBefore) {

		/** Without jobs there are no tokens, which is not unknown. */
		Figures {
			tokens = (jobs.signum() == 0) ? BigDecimal.ZERO : tokens;
		}

		boolean hasJobs() {
			return this.jobs.signum() > 0;
		}

		static List<Figures> read(ReportQueries queries, ReportQuery query) {
			return queries.list(query, (row, number) -> new Figures(row.getBigDecimal("ids"), row.getBigDecimal("jobs"),
					row.getBigDecimal("failed"), row.getBigDecimal("newly_failed"), row.getBigDecimal("new_kinds"),
					row.getBigDecimal("still_failing"), row.getBigDecimal("unusual"), row.getBigDecimal("tokens"),
					row.getString("before"), row.getBigDecimal("tokens_before")));
		}

	}

	/** What was spent in a currency, now and before; null when unknown. */
	private record Amount(String currency, @Nullable BigDecimal now, @Nullable BigDecimal before) {

		static List<Amount> read(ReportQueries queries, ReportQuery query) {
			return queries.list(query, (row, number) -> new Amount(row.getString("currency"),
					row.getBigDecimal("spend"), row.getBigDecimal("spend_before")));
		}

		Amount orZero() {
			return new Amount(this.currency, (this.now != null) ? this.now : BigDecimal.ZERO, this.before);
		}

		String text() {
			return (this.now != null) ? ValueText.of(this.now, ColumnFormat.MONEY, this.currency)
					: this.currency + " " + ValueText.UNKNOWN;
		}

	}

}
