package io.jobaudit.report.openxml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Elements by their names, whatever their namespaces. */
final class Xml {

	private Xml() {
	}

	static List<Element> children(Element parent) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element) {
				children.add(element);
			}
		}
		return children;
	}

	static List<Element> children(Element parent, String name) {
		return children(parent).stream().filter((child) -> child.getLocalName().equals(name)).toList();
	}

	static Optional<Element> child(Element parent, String name) {
		return children(parent, name).stream().findFirst();
	}

	/** All elements with the name below an element. */
	static List<Element> all(Element root, String name) {
		NodeList nodes = root.getElementsByTagNameNS("*", name);
		List<Element> elements = new ArrayList<>();
		for (int index = 0; index < nodes.getLength(); index++) {
			elements.add((Element) nodes.item(index));
		}
		return elements;
	}

	/** The number in an attribute; 0 when it is missing, -1 when it is not a number. */
	static long number(Element element, String attribute) {
		String text = element.getAttribute(attribute);
		return text.isEmpty() ? 0 : text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
	}

	static boolean flag(Element element, String attribute) {
		return element.getAttribute(attribute).matches("1|true");
	}

}
