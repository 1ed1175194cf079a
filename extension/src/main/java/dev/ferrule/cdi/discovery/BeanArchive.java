package dev.ferrule.cdi.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource root that holds a {@code beans.xml} of this deployment.
 *
 * @param root the URL of the root, ending in a slash
 * @param beansXml what its {@code beans.xml} says
 */
record BeanArchive(URL root, BeansXml beansXml) {
    private static final String BEANS_XML = "META-INF/beans.xml";

    /**
     * The bean archives of the deployment that a class loader loads. Where the loader has archives of its own, such as a web
     * application's or a test's, only these count: what its parents see is not of the deployment. A loader without any, such
     * as one that some launcher put in between, stands for its parents.
     */
    static List<BeanArchive> of(ClassLoader loader) throws IOException {
        Map<String, URL> found = beansXmls(loader);
        ClassLoader parent = loader.getParent();
        if (parent != null) {
            Map<String, URL> own = new LinkedHashMap<>(found);
            own.keySet().removeAll(beansXmls(parent).keySet());
            found = own.isEmpty() ? found : own;
        }
        List<BeanArchive> archives = new ArrayList<>();
        for (URL url : found.values()) {
            archives.add(new BeanArchive(root(url), read(url)));
        }
        return archives;
    }

    /** Every root with a {@code beans.xml} that a class loader sees, of the deployment or not. */
    static List<URL> rootsSeenBy(ClassLoader loader) throws IOException {
        List<URL> roots = new ArrayList<>();
        for (URL url : beansXmls(loader).values()) {
            roots.add(root(url));
        }
        return roots;
    }

    private static Map<String, URL> beansXmls(ClassLoader loader) throws IOException {
        // By text: comparing URLs may ask a name server.
        Map<String, URL> found = new LinkedHashMap<>();
        for (URL url : Collections.list(loader.getResources(BEANS_XML))) {
            found.putIfAbsent(url.toString(), url);
        }
        return found;
    }

    private static URL root(URL beansXml) throws MalformedURLException {
        String text = beansXml.toString();
        // In the context of the first, so that a handler that only this URL has comes along.
        return new URL(beansXml, text.substring(0, text.length() - BEANS_XML.length()));
    }

    private static BeansXml read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream stream = connection.getInputStream()) {
            return BeansXml.read(stream);
        }
    }

    /** Whether a resource of that name lies in this archive, as the class loader sees it. */
    boolean holds(String name, ClassLoader loader) throws IOException {
        String wanted = root + name;
        for (URL url : Collections.list(loader.getResources(name))) {
            if (url.toString().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** A resource of this archive, to be read. */
    InputStream open(String name) throws IOException {
        URLConnection connection = new URL(root, name).openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
