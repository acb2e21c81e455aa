package io.jobaudit.report.openxml;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Charts: they show existing rows, and their cached values are the same. */
final class ChartRules {

	private final Parts parts;

	private final BookRules book;

	private final Faults faults;

	ChartRules(Parts parts, BookRules book, Faults faults) {
		this.parts = parts;
		this.book = book;
		this.faults = faults;
	}

	void check() {
		this.parts.roots().forEach((part, root) -> {
			if (part.startsWith("xl/charts/")) {
				Xml.all(root, "f").forEach((reference) -> check(part, reference));
			}
		});
	}

	private void check(String part, Element formula) {
		this.book.reference(part, formula.getTextContent()).ifPresent((shown) -> {
			this.faults.require(shown.isWithinRows(), part, "shows rows below the last of \"%s\"",
					shown.sheet().name());
			this.faults.require(shown.area().firstRow() > 1, part, "shows the header of \"%s\"", shown.sheet().name());
			Node parent = formula.getParentNode();
			if (parent instanceof Element source) {
				Xml.all(source, "ptCount")
					.forEach((count) -> this.faults.require(Xml.number(count, "val") == shown.area().cells(), part,
							"remembers %s points of %s", count.getAttribute("val"), formula.getTextContent()));
			}
		});
	}

}
