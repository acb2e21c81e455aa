package io.jobaudit.report.definition;

import java.util.Collection;

import io.jobaudit.ConfigurationException;
import io.jobaudit.DidYouMean;
import io.jobaudit.report.definition.LocatedText.SourceLocation;

/** A definition or its SQL is invalid; the message says where and why. */
public class ReportDefinitionException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	ReportDefinitionException(SourceLocation place, String problem) {
		super(place + ": " + problem);
	}

	ReportDefinitionException(SourceLocation place, String problem, Throwable cause) {
		super(place + ": " + problem, cause);
	}

	static ReportDefinitionException unknown(String kind, LocatedText name, Collection<String> known) {
		return new ReportDefinitionException(name.place(),
				"unknown %s \"%s\"%s".formatted(kind, name, nearest(name.text(), known)));
	}

	static ReportDefinitionException unknownColumn(LocatedText name, String of, Collection<String> known) {
		return new ReportDefinitionException(name.place(),
				"%s has no column \"%s\"%s".formatted(of, name, nearest(name.text(), known)));
	}

	static ReportDefinitionException unused(LocatedText query, Collection<String> used) {
		return new ReportDefinitionException(query.place(),
				"no sheet uses the query \"%s\"%s".formatted(query, nearest(query.text(), used)));
	}

	private static String nearest(String name, Collection<String> known) {
		return DidYouMean.of(name, known).map((found) -> "; did you mean \"%s\"?".formatted(found)).orElse("");
	}

}
