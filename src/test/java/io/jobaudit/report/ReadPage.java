package io.jobaudit.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import io.jobaudit.report.table.ValueText;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A summary page, read by a strict parser. */
public record ReadPage(String markup, Document document) {

	public static ReadPage of(WrittenReports reports) {
		return of(reports.directory().resolve("summary.html"));
	}

	public static ReadPage of(Path file) {
		try {
			return of(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A page, or its body. */
	public static ReadPage of(String markup) {
		try {
			DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
			builder.setErrorHandler(new DefaultHandler());
			return new ReadPage(markup, builder.parse(new InputSource(new StringReader(markup))));
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new AssertionError("the page is not well-formed", ex);
		}
	}

	/** Every element, or every one of a name. */
	Stream<Element> all(String name) {
		return all(this.document.getDocumentElement(), name);
	}

	public static Stream<Element> all(Element within, String name) {
		NodeList found = within.getElementsByTagName(name);
		return IntStream.range(0, found.getLength()).mapToObj((index) -> (Element) found.item(index));
	}

	public static boolean is(Element element, String type) {
		return List.of(element.getAttribute("class").split(" ")).contains(type);
	}

	/**
	 * The part of the page below the heading of a workbook, or below any other heading.
	 */
	Element workbook(String id) {
		return all("h2").filter((head) -> head.getAttribute("id").equals(id))
			.map((head) -> (Element) head.getParentNode())
			.findFirst()
			.orElseThrow(() -> new AssertionError("no workbook " + id));
	}

	/** Label, amount and share of each key figure of a workbook. */
	List<List<String>> figures(String workbook) {
		return all(workbook(workbook), "table").filter((table) -> is(table, "summary"))
			.flatMap((table) -> all(table, "tr"))
			.map(ReadPage::cells)
			.filter((cells) -> cells.size() == 3)
			.skip(1)
			.toList();
	}

	/** The drawing with a title. */
	Element chart(String title) {
		return all("svg").filter((svg) -> is(svg, "chart") && first(svg, "title").equals(title))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no chart " + title));
	}

	/** Amounts that a chart draws, series by series, as they are written. */
	List<String> drawn(String title) {
		Element chart = chart(title);
		List<String> amounts = all(chart, "text").filter((text) -> is(text, "amount"))
			.map(Element::getTextContent)
			.filter((amount) -> !amount.equals(ValueText.UNKNOWN))
			.toList();
		return amounts.isEmpty() ? all(chart, "title").skip(1)
			.map(Element::getTextContent)
			.map((hint) -> hint.substring(hint.lastIndexOf(": ") + 2))
			.toList() : amounts;
	}

	/** The rows below a chart, without header and totals. */
	List<List<String>> rows(String title) {
		List<List<String>> rows = new ArrayList<>();
		listed(title).forEach((body) -> all(body, "tr").map(ReadPage::cells).forEach(rows::add));
		return rows;
	}

	/** The sums below a chart's rows: of those that are not listed, and of all. */
	List<List<String>> sums(String title) {
		return all(figures(chart(title)), "tfoot").flatMap((foot) -> all(foot, "tr")).map(ReadPage::cells).toList();
	}

	/** The tables' bodies that belong to a chart. */
	private List<Element> listed(String title) {
		return all(figures(chart(title)), "tbody").toList();
	}

	private static Element figures(Element chart) {
		Node part = chart.getParentNode().getParentNode();
		Node next = part.getNextSibling();
		while (!(next instanceof Element)) {
			next = next.getNextSibling();
		}
		return (Element) next;
	}

	public static List<String> cells(Element row) {
		NodeList nodes = row.getChildNodes();
		return IntStream.range(0, nodes.getLength())
			.mapToObj(nodes::item)
			.filter(Element.class::isInstance)
			.map((cell) -> cellText((Element) cell))
			.toList();
	}

	/** A label without its note. */
	private static String cellText(Element cell) {
		return all(cell, "span").filter((span) -> is(span, "label"))
			.findFirst()
			.map(Element::getTextContent)
			.orElse(cell.getTextContent());
	}

	private static String first(Element element, String name) {
		return element.getElementsByTagName(name).item(0).getTextContent();
	}

}
