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

import org.jspecify.annotations.Nullable;
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
	 * @param good whether nothing is wrong; else no other badge than the verdict is shown
	 * @param lines the verdict on the run and what explains it, at the top
	 * @param link null for none
	 * @throws IOException when the page is not one of ours
	 */
	static String of(String html, boolean good, List<String> lines, @Nullable String link) throws IOException {
		try {
			MailPage mail = new MailPage(parse(html));
			StringBuilder css = new StringBuilder();
			mail.all("style").forEach((style) -> css.append(style.getTextContent()));
			List.of("style", "meta").forEach((name) -> mail.all(name).forEach(MailPage::remove));
			mail.divs("picture").forEach(MailPage::remove);
			mail.all("a").forEach(MailPage::unwrap);
			mail.addVerdict(good, lines, link);
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

	/** Below the title, and above what the page says itself. */
	private void addVerdict(boolean good, List<String> lines, @Nullable String link) {
		Element banner = divs("banner").stream().findFirst().orElseGet(() -> all("body").get(0));
		Node next = all("h1").get(0).getNextSibling();
		if (!good) {
			all("span").stream()
				.filter((span) -> "passed".equals(span.getAttribute("class"))
						&& banner == span.getParentNode().getParentNode())
				.forEach((span) -> span.removeAttribute("class"));
		}
		Element badge = element("span", lines.get(0));
		badge.setAttribute("class", good ? "passed" : "failed");
		badge.setAttribute("style", "display: inline-block;");
		List<Element> texts = new ArrayList<>(List.of(badge));
		lines.stream().skip(1).forEach((line) -> texts.add(element("span", line)));
		if (link != null) {
			Element anchor = element("a", link);
			anchor.setAttribute("href", link);
			anchor.setAttribute("style", "color: #FFFFFF;");
			texts.add(anchor);
		}
		texts.forEach((text) -> {
			Element paragraph = this.page.createElement("p");
			paragraph.appendChild(text);
			banner.insertBefore(paragraph, next);
		});
	}

	private Element element(String name, String text) {
		Element element = this.page.createElement(name);
		element.setTextContent(text);
		return element;
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
