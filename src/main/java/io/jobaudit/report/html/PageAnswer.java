package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The main facts: what ran and whether it adds up, what failed and what is new, what it
 * cost and what moved.
 */
public final class PageAnswer {

	private final boolean isOfRun;

	private final Figures now;

	private final List<Amount> amounts;

	private final int checks;

	private final long faults;

	private PageAnswer(boolean isOfRun, Figures now, List<Amount> amounts, List<KeyFigure> checks) {
		this.isOfRun = isOfRun;
		this.now = now;
		this.amounts = amounts;
		this.checks = checks.size();
		this.faults = checks.stream().filter((check) -> check.look() != CellLook.CHECK_PASSED).count();
	}

	/** Reads it for a run or a period, whose checks are given. */
	public static PageAnswer of(ReportQueries queries, List<KeyFigure> checks) {
		String subject = (queries.scope().runId() != null) ? "run" : "period";
		Figures now = Figures.read(queries, ReportQuery.packaged(subject + "/answer")).get(0);
		List<Amount> amounts = Amount.read(queries, ReportQuery.packaged(subject + "/answer-spend"))
			.stream()
			.map((amount) -> now.hasJobs() ? amount : amount.orZero())
			.toList();
		return new PageAnswer(subject.equals("run"), now, amounts, checks);
	}

	/**
	 * One sentence for each.
	 * @param name of the run or period, in their language
	 */
	public List<String> sentences(String name, ReportTexts texts) {
		return Stream.of(ran(StringUtils.capitalize(name), texts), failed(texts), cost(texts))
			.map((parts) -> String.join(texts.text("text.space"), parts))
			.toList();
	}

	private List<String> ran(String name, ReportTexts texts) {
		return List.of(
				this.isOfRun ? texts.text("answer.ran", name, count(this.now.ids()), count(this.now.jobs()))
						: texts.text("answer.period", name, count(this.now.jobs())),
				(this.faults == 0) ? texts.text("answer.adds-up", this.checks)
						: texts.text("answer.does-not-add-up", this.faults, this.checks));
	}

	private List<String> failed(ReportTexts texts) {
		List<String> parts = new ArrayList<>();
		parts.add((this.now.failed().signum() == 0) ? texts.text("answer.none-failed")
				: texts.text("answer.failed", count(this.now.failed()), count(this.now.jobs()), rate()));
		parts.add(texts.text("answer.new", count(this.now.newlyFailed()), count(this.now.newKinds()),
				count(this.now.stillFailing())));
		if (this.now.unusual().signum() > 0) {
			parts.add(texts.text("answer.unusual", count(this.now.unusual())));
		}
		return parts;
	}

	private List<String> cost(ReportTexts texts) {
		List<String> parts = new ArrayList<>();
		if (this.now.hasJobs()) {
			List<String> spent = this.amounts.stream()
				.filter((amount) -> amount.now() != null)
				.map(Amount::text)
				.toList();
			parts.add((this.now.tokens() != null) ? texts.text("answer.tokens", count(this.now.tokens()))
					: texts.text("answer.no-tokens"));
			parts.add(spent.isEmpty() ? texts.text("answer.no-spend")
					: texts.text("answer.spend", String.join(" + ", spent)));
		}
		else {
			parts.add(texts.text("answer.no-jobs"));
		}
		parts.add(moved(texts));
		return parts;
	}

	private String moved(ReportTexts texts) {
		if (this.now.before() == null) {
			return this.isOfRun ? texts.text("answer.first-run") : texts.text("answer.first-period");
		}
		List<String> moves = new ArrayList<>();
		moves.add(texts.text("answer.tokens-moved", moved(this.now.tokens(), this.now.tokensBefore(), texts)));
		this.amounts.forEach((amount) -> moves
			.add(texts.text("answer.spend-moved", amount.currency(), moved(amount.now(), amount.before(), texts))));
		return texts.text("answer.moved", texts.resolve(this.now.before()),
				String.join(texts.text("text.comma"), moves));
	}

	/** The figures that the sentences are about. */
	List<Tile> tiles(ReportTexts texts) {
		List<Tile> tiles = new ArrayList<>();
		tiles.add(new Tile(texts.text("tile.jobs"), count(this.now.jobs()), ""));
		tiles.add(new Tile(texts.text("tile.failed"), count(this.now.failed()), this.now.hasJobs() ? rate() : ""));
		tiles.add(new Tile(texts.text("tile.newly-failed"), count(this.now.newlyFailed()),
				texts.text("tile.new-kinds", count(this.now.newKinds()))));
		tiles.add(new Tile(texts.text("tile.tokens"),
				(this.now.tokens() != null) ? count(this.now.tokens()) : ValueText.UNKNOWN,
				note(this.now.tokens(), this.now.tokensBefore(), texts)));
		this.amounts.forEach((amount) -> tiles
			.add(new Tile(texts.text("tile.spend"), amount.text(), note(amount.now(), amount.before(), texts))));
		return tiles;
	}

	/** By how much an amount has changed; empty when there is nothing to compare. */
	private static String note(@Nullable BigDecimal now, @Nullable BigDecimal before, ReportTexts texts) {
		return (before != null) ? moved(now, before, texts) : "";
	}

	/** By how much an amount has changed, in words when it is not a percentage. */
	private static String moved(@Nullable BigDecimal now, @Nullable BigDecimal before, ReportTexts texts) {
		if (now == null || before == null) {
			return texts.text("answer.unknown-move");
		}
		if (before.signum() == 0) {
			return (now.signum() == 0) ? "±0.0%" : texts.text("answer.from-zero");
		}
		BigDecimal share = now.subtract(before).divide(before.abs(), MathContext.DECIMAL64);
		String text = ValueText.of(share, ColumnFormat.PERCENT);
		return (share.signum() > 0) ? "+" + text : (share.signum() == 0) ? "±" + text : text;
	}

	private String rate() {
		return ValueText.of(this.now.failed().divide(this.now.jobs(), MathContext.DECIMAL64), ColumnFormat.PERCENT);
	}

	private static String count(BigDecimal number) {
		return ValueText.of(number, ColumnFormat.COUNT);
	}

	/**
	 * A figure of the page's head.
	 *
	 * @param note its share, or by how much it changed; empty for none
	 */
	record Tile(String label, String amount, String note) {
	}

	/**
	 * The figures of a run or a period.
	 *
	 * @param before reference to the name of the run or period before it; null for none
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
