package io.jobaudit.notify;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The summary page as a mail's text. Mail programs drop style sheets and drawings and
 * cannot follow a link to a file beside the page: styles go to the elements, drawings
 * leave their figures, links become text.
 */
record MailPage(Document page) {

	/**
	 * Makes a mail of a page.
	 * @param facts lines that stand at its top
	 * @throws IOException when the page is not one of ours
	 */
	static String of(String html, List<String> facts) throws IOException {
		try {
			MailPage mail = new MailPage(parse(html));
			StringBuilder css = new StringBuilder();
			mail.all("style").forEach((style) -> css.append(style.getTextContent()));
			List.of("style", "meta").forEach((name) -> mail.all(name).forEach(MailPage::remove));
			mail.divs("picture").forEach(MailPage::remove);
			mail.all("a").forEach(MailPage::unwrap);
			facts.forEach(mail::addFact);
			PageStyle style = PageStyle.of(css.toString());
			mail.all("*").forEach(style::apply);
			return mail.text();
		}
		catch (SAXException | ParserConfigurationException | TransformerException ex) {
			throw new IOException("the summary page cannot be made a mail: " + ex.getMessage(), ex);
		}
	}

	private static Document parse(String html) throws SAXException, ParserConfigurationException, IOException {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
		return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
	}

	private void addFact(String line) {
		Element paragraph = this.page.createElement("p");
		paragraph.setTextContent(line);
		divs("banner").stream().findFirst().orElseGet(() -> all("body").get(0)).appendChild(paragraph);
	}

	private List<Element> divs(String type) {
		return all("div").stream().filter((div) -> type.equals(div.getAttribute("class"))).toList();
	}

	private List<Element> all(String name) {
		NodeList found = this.page.getElementsByTagName(name);
		List<Element> elements = new ArrayList<>();
		for (int index = 0; index < found.getLength(); index++) {
			elements.add((Element) found.item(index));
		}
		return elements;
	}

	private static void remove(Element element) {
		element.getParentNode().removeChild(element);
	}

	private static void unwrap(Element element) {
		Node parent = element.getParentNode();
		while (element.getFirstChild() != null) {
			parent.insertBefore(element.getFirstChild(), element);
		}
		parent.removeChild(element);
	}

	private String text() throws TransformerException {
		TransformerFactory factory = TransformerFactory.newInstance();
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		Transformer transformer = factory.newTransformer();
		transformer.setOutputProperty(OutputKeys.METHOD, "html");
		transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
		transformer.setOutputProperty(OutputKeys.INDENT, "no");
		StringWriter out = new StringWriter();
		transformer.transform(new DOMSource(this.page), new StreamResult(out));
		return "<!DOCTYPE html>\n" + out;
	}

	/** The page's rules before the first for a medium; simple selectors only. */
	static final class PageStyle {

		private final Map<String, String> rules = new HashMap<>();

		static PageStyle of(String css) {
			PageStyle style = new PageStyle();
			Pattern.compile("([^{}]+)\\{([^{}]*)}")
				.matcher(Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL)
					.matcher(css.split("@media", 2)[0])
					.replaceAll(""))
				.results()
				.forEach((rule) -> style.rules.merge(rule.group(1).strip(), rule.group(2).strip(),
						(earlier, later) -> earlier + " " + later));
			return style;
		}

		/**
		 * Gives an element its own style: that of its name, of its classes, what it has.
		 */
		void apply(Element element) {
			String style = Stream
				.of(Stream.of(this.rules.getOrDefault(element.getTagName(), "")),
						Stream.of(element.getAttribute("class").split(" "))
							.map((name) -> this.rules.getOrDefault("." + name, "")),
						Stream.of(element.getAttribute("style")))
				.flatMap((declarations) -> declarations)
				.filter((declarations) -> !declarations.isEmpty())
				.collect(Collectors.joining(" "));
			if (!style.isEmpty()) {
				element.setAttribute("style", style);
			}
		}

	}

}
