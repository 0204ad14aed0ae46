import { BaseRenderer, buildForm, getResponse, removeEmptyAnswersFromResponse, RendererThemeProvider, useRendererQueryClient } from '@aehrc/smart-forms-renderer';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';

// What a page of a clinic does with the renderer, and nothing else: https://smartforms.csiro.au/docs/dev
function Form() {
  return (
    <RendererThemeProvider>
      <QueryClientProvider client={useRendererQueryClient()}><BaseRenderer /></QueryClientProvider>
    </RendererThemeProvider>
  );
}

globalThis.SmartForms = {
  async show(questionnaire, element, questionnaireResponse) {
    await buildForm({ questionnaire, questionnaireResponse });
    createRoot(element).render(<Form />);
    this.questionnaire = questionnaire;
  },
  response() {
    return removeEmptyAnswersFromResponse(this.questionnaire, getResponse());
  },
};
