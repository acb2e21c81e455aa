package io.jobaudit.report.definition;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.subject.ReportQuery;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;

/** A query's text, and the text that the driver sends to the server. */
record SqlText(ReportQuery query, List<NativeQuery> statements) {

	static SqlText of(ReportQuery query) {
		int nul = query.sql().indexOf('\0');
		if (nul >= 0) {
			// The server would end the connection, which looks like an outage.
			throw new ReportDefinitionException(SourceLocation.at(query.file(), query.sql(), nul),
					"invalid SQL: the file contains a NUL character; remove it");
		}
		try {
			// As in all our sessions: \ is a character like any other.
			boolean standardStrings = true;
			return new SqlText(query,
					Parser.parseJdbcSql(
							NamedParameterUtils.substituteNamedParameters(query.sql(), new MapSqlParameterSource()),
							standardStrings, true, true, false, true));
		}
		catch (SQLException ex) {
			throw new ReportDefinitionException(SourceLocation.of(query.file()), "invalid SQL: " + ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			// Neither parser checks where a text ends.
			throw endless(query, ex);
		}
	}

	static ReportDefinitionException endless(ReportQuery query, RuntimeException cause) {
		return new ReportDefinitionException(SourceLocation.of(query.file()),
				"invalid SQL: a comment, quote or parameter does not end", cause);
	}

	void requireOneStatement() {
		SourceLocation.of(this.query.file())
			.require(!this.statements.isEmpty(), "expected one statement, but found none");
		if (this.statements.size() > 1) {
			throw new ReportDefinitionException(place(this.statements.get(0).nativeSql.length() + 1),
					"expected one statement, but a second one begins here");
		}
	}

	/** The references to texts for readers, each in a string literal of its own. */
	List<LocatedText> references() {
		return Pattern.compile("'(\\$\\{[a-z0-9.-]+)[|}]")
			.matcher(this.query.sql())
			.results()
			.map((found) -> new LocatedText(found.group(1) + "}",
					SourceLocation.at(this.query.file(), this.query.sql(), found.start(1))))
			.toList();
	}

	LocatedText parameter(String name) {
		return new LocatedText(":" + name,
				SourceLocation.at(this.query.file(), this.query.sql(), this.query.sql().indexOf(":" + name)));
	}

	/**
	 * The place of a position that the server reported.
	 * @param position counted from 1, in the text sent to the server, where a parameter
	 * is $1 instead of :run_id
	 */
	SourceLocation place(int position) {
		String sent = this.statements.get(0).nativeSql;
		String written = this.query.sql();
		int from = 0;
		int to = 0;
		while (from < Math.min(position - 1, sent.length()) && to < written.length()) {
			boolean isParameter = sent.charAt(from) == '$' && written.charAt(to) == ':';
			from = isParameter ? endOfName(sent, from) : from + 1;
			to = isParameter ? endOfName(written, to) : to + 1;
		}
		return SourceLocation.at(this.query.file(), written, to);
	}

	private static int endOfName(String text, int sign) {
		int end = sign + 1;
		while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
			end++;
		}
		return end;
	}

}
