// Shows the API's description with the viewer that comes with django-ninja; everything is read from this machine.
const place = document.getElementById("api");

addEventListener("DOMContentLoaded", () => {
  window.SwaggerUIBundle({
    domNode: place,
    url: place.dataset.description,
    layout: "BaseLayout",
    deepLinking: false,
    validatorUrl: null,
    persistAuthorization: false,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
  });
});
